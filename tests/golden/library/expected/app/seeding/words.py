"""The words that seeded texts are made of. Change them to what your service is about."""

from itertools import product


def listed(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


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
COLOURS = listed("black blue brown green grey orange pink purple red white yellow")
CURRENCIES = listed("AUD BRL CAD CHF EUR GBP INR JPY NOK PLN SEK USD")
LANGUAGES = listed("Arabic Danish Dutch English Finnish French German Greek Hindi Italian Polish")
TRADES = ["and Sons", "Brothers", "Group", "Industries", "Partners", "Trading", "Works"]
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

PEOPLE = [f"{first} {last}" for last, first in product(LAST_NAMES, FIRST_NAMES)]
TITLES = [f"{quality} {thing}" for thing, quality in product(THINGS, QUALITIES)]
COMPANIES = [f"{name} {trade}" for trade, name in product(TRADES, LAST_NAMES)]
STREETS = [f"{number} {thing} Street" for number, thing in product(range(1, 60), THINGS)]
FILES = [f"{title.lower().replace(' ', '-')}.pdf" for title in TITLES]
