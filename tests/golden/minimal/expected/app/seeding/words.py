"""The words that seeded texts are made of. Change them to what your service is about."""

from collections.abc import Sequence


def listed(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def paired(heads: Sequence[str], tails: Sequence[str]) -> list[str]:
    """Each head with each tail, neither of them twice in a row."""
    return [
        f"{head} {tails[(place + turn) % len(tails)]}"
        for turn in range(len(tails))
        for place, head in enumerate(heads)
    ]


FIRST_NAMES = listed(
    """
    Ada Alan Amara Anders Anika Arjun Barbara Bo Carmen Chidi Clara Daniel Dora Edith Elif
    Emil Fatima
    Femi Frida Grace Hana Hugo Ines Ivan Jana Jonas Karen Kofi Lars Leila Lin Luca Maria Mei
    Milan Nadia
    Noah Olga Omar Paula Priya Rafael Rosa Samir Sofia Tariq Tove Uma Viktor Wanda Yara Yusuf Zoe
    """
)
LAST_NAMES = listed(
    """
    Abara Almeida Andersen Bakker Becker Bianchi Byron Castro Chen Costa Dahl Das Diaz Dubois
    Eriksen
    Fischer Garcia Haddad Hopper Ivanova Jansen Kaya Kim Kowalski Larsen Lopez Lovelace Mensah Meyer
    Moreau Nakamura Novak Okafor Olsen Patel Petrov Rossi Said Sato Silva Singh Tanaka Turing Vega
    Wagner Weber Yilmaz Zhang
    """
)
QUALITIES = listed(
    """
    Amber Ancient Bold Brave Bright Broken Calm Clear Distant Early Empty Final Gentle Golden Green
    Hidden Hollow Honest Hungry Late Little Lonely Lost Lucky Modern New Northern Open Patient Plain
    Quick Quiet Red Restless Secret Silent Silver Simple Slow Small Southern Steady Strange
    Warm Wild
    """
)
THINGS = listed(
    """
    Anchor Bell Bridge Candle Chair Cloud Compass Door Engine Field Forest Garden Harbour Hill House
    Island Journey Kettle Key Ladder Lamp Letter Light Map Market Meadow Mill Mirror Morning
    Mountain
    Notebook Orchard Paper Path River Road Room Season Shadow Ship Station Stone Storm Summer Table
    Tower Town Train Tree Valley Village Voice Water Window Winter
    """
)
CITIES = listed(
    """
    Accra Amsterdam Athens Berlin Bogota Bristol Cairo Chicago Dakar Delhi Dublin Geneva Hanoi
    Helsinki
    Istanbul Jakarta Kyiv Kyoto Lagos Leipzig Lima Lisbon London Lyon Madrid Manila Melbourne Milan
    Montreal Nairobi Osaka Oslo Paris Porto Prague Quito Rabat Riga Rome Rotterdam Santiago
    Seoul Seville
    Stockholm Sydney Tallinn Tbilisi Toronto Tunis Turin Vienna Warsaw Zagreb Zurich
    """
)
COUNTRIES = listed(
    """
    Argentina Australia Austria Brazil Canada Chile Colombia Denmark Egypt Finland France
    Germany Ghana
    Greece India Indonesia Ireland Italy Japan Kenya Mexico Morocco Netherlands Nigeria Norway
    Peru Poland
    Portugal Senegal Spain Sweden Switzerland Tunisia Turkey Vietnam
    """
)
TRADES = ["and Sons", "Brothers", "Group", "Industries", "Partners", "Trading", "Works"]
FIELDS = listed(
    """
    Art Astronomy Baking Biology Chemistry Children Climate Cooking Design Drama Economics Education
    Fashion Film Finance Gardening Geography Health History Humour Languages Law Literature
    Mathematics Medicine Music Nature Philosophy Photography Physics Poetry Politics Psychology
    Science Society Software Sport Theatre Transport Travel
    """
)
ANGLES = listed("Applied Classic Everyday Experimental General Local Modern Practical World Young")
TASKS = listed(
    """
    Accounting Design Development Facilities Finance Hardware Infrastructure Legal Logistics
    Marketing Operations Payroll Planning Procurement Production Quality Recruiting Research
    Sales Security Support Training
    """
)
PLACES = listed("Central Eastern European Global Northern Regional Southern Western")
MATERIALS = listed(
    """
    Bamboo Brass Canvas Ceramic Copper Cotton Enamel Glass Granite Leather Linen Maple Marble Oak
    Paper Pine Porcelain Silk Steel Walnut Wicker Wool
    """
)
OBJECTS = listed(
    """
    Armchair Backpack Basket Bench Blanket Bookshelf Bottle Bowl Candlestick Clock Coaster Cup
    Curtain Cushion Desk Frame Jug Kettle Lamp Mirror Mug Plate Rug Scarf Shelf Stool Table Teapot
    Tray Vase Wallet
    """
)
SUBJECTS = listed(
    """
    Address Agenda Backup Calendar Contract Delivery Discount Document Form Invoice Keyboard Laptop
    Licence Login Newsletter Order Parcel Password Payment Phone Printer Profile Refund Report
    Screen Subscription
    """
)
TROUBLES = [
    "has to be changed",
    "is broken",
    "is late",
    "is missing",
    "is wrong",
    "needs a check",
    "was sent twice",
    "won't open",
]
COLOURS = listed("black blue brown green grey orange pink purple red white yellow")
CURRENCIES = listed("AUD BRL CAD CHF EUR GBP INR JPY NOK PLN SEK USD")
LANGUAGES = listed("Arabic Danish Dutch English Finnish French German Greek Hindi Italian Polish")
DOERS = [
    "The delivery",
    "The whole thing",
    "This one",
    "Everything",
    "The second part",
    "Most of it",
]
DOINGS = ["arrived", "worked", "was finished", "looked", "went", "ended", "was made", "turned out"]
MANNERS = [
    "as promised",
    "better than before",
    "late",
    "well",
    "with care",
    "without trouble",
    "at last",
]

PEOPLE = paired(FIRST_NAMES, LAST_NAMES)
TITLES = paired(QUALITIES, THINGS)
COMPANIES = paired(LAST_NAMES, TRADES)
TOPICS = FIELDS + paired(ANGLES, FIELDS)
TEAMS = TASKS + paired(PLACES, TASKS)
GOODS = paired(MATERIALS, OBJECTS)
REQUESTS = paired(SUBJECTS, TROUBLES)
STREETS = paired([str(number) for number in range(1, 60)], [f"{thing} Street" for thing in THINGS])
FILES = [f"{title.lower().replace(' ', '-')}.pdf" for title in TITLES]
