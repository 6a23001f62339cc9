"""What the names of fields and resources tell of their values."""

from __future__ import annotations

import string

from generator import naming
from generator.spec.model import Field
from generator.views.seeding_patterns import fits

PERSONS = naming.words(
    """
    actor agent artist author client contact customer doctor driver employee guest member patient
    person player reader sender speaker student teacher user visitor writer
    """
)
COMPANIES = naming.words("brand company firm manufacturer organisation organization publisher shop")
COMPANIES |= naming.words("sponsor store supplier vendor")
TEAMS = naming.words("department division office team unit")
TOPICS = naming.words("category genre label skill subject tag theme topic")
GOODS = naming.words("article good item part product thing variant")
REQUESTS = naming.words("case complaint incident issue job request task ticket todo")

LISTS = {
    "artist": "PEOPLE",
    "author": "PEOPLE",
    "city": "CITIES",
    "color": "COLOURS",
    "colour": "COLOURS",
    "company": "COMPANIES",
    "carrier": "COMPANIES",
    "country": "COUNTRIES",
    "currency": "CURRENCIES",
    "department": "TEAMS",
    "first_name": "FIRST_NAMES",
    "display_name": "PEOPLE",
    "file_name": "FILES",
    "filename": "FILES",
    "full_name": "PEOPLE",
    "language": "LANGUAGES",
    "last_name": "LAST_NAMES",
    "nickname": "FIRST_NAMES",
    "publisher": "COMPANIES",
    "recipient": "PEOPLE",
    "address": "STREETS",
    "street": "STREETS",
    "subject": "REQUESTS",
    "surname": "LAST_NAMES",
    "town": "CITIES",
}
"""Name of a field, or its last word, and the list of words that suits it."""
TITLED = {
    **dict.fromkeys(GOODS, "GOODS"),
    **dict.fromkeys(REQUESTS, "REQUESTS"),
    **dict.fromkeys(TOPICS, "TOPICS"),
}
"""What a resource is called whose rows have such titles."""
NAMED = {
    **TITLED,
    **dict.fromkeys(PERSONS, "PEOPLE"),
    **dict.fromkeys(COMPANIES, "COMPANIES"),
    **dict.fromkeys(TEAMS, "TEAMS"),
    "city": "CITIES",
    "country": "COUNTRIES",
    "language": "LANGUAGES",
}
"""What a resource, or a field before its last word, is called whose rows have such names."""
BY_OWNER = {"name": NAMED, "title": TITLED}
TITLES = "TITLES"
"""The list that suits everything else."""

_CAPITALS = string.ascii_uppercase + string.digits
_HEXADECIMAL = string.digits + "abcdef"
CODES = {
    "code": (_CAPITALS, 8),
    "hash": (_HEXADECIMAL, 64),
    "isbn": (string.digits, 13),
    "number": (string.digits, 10),
    "postcode": (string.digits, 5),
    "reference": (_CAPITALS, 10),
    "sha": (_HEXADECIMAL, 40),
    "sku": (_CAPITALS, 10),
    "token": (_HEXADECIMAL, 32),
    "zip": (string.digits, 5),
    "postal_code": (string.digits, 5),
    "zip_code": (string.digits, 5),
}
"""Name of a field, or its last word, and which characters it is of, and how many as a rule."""
PROSE = naming.words(
    "bio body comment content description details message note notes remarks summary text"
)
PHONES = naming.words("fax mobile phone telephone")

COUNTRY_CODES = (
    "AT AU BE BR CA CH CL DE DK EE ES FI FR GB GR IE IN IT JP KE MX NG NL NO PL PT SE SN US"
)
HEX_COLOURS = "#1f77b4 #2ca02c #8c564b #9467bd #bcbd22 #d62728 #e377c2 #ff7f0e"
KNOWN = {
    "color": HEX_COLOURS,
    "colour": HEX_COLOURS,
    "country": COUNTRY_CODES,
    "country_code": COUNTRY_CODES,
    "currency": "AUD BRL CAD CHF EUR GBP INR JPY NOK PLN SEK USD",
    "language": "da de en es fi fr hi it nl no pl pt sv",
    "locale": "da_DK de_DE en_GB en_US es_ES fr_FR it_IT nl_NL pl_PL pt_BR",
    "media_type": "application/json application/pdf image/jpeg image/png text/csv text/plain",
    "mime_type": "application/json application/pdf image/jpeg image/png text/csv text/plain",
    "time_zone": "Africa/Lagos America/Bogota Asia/Tokyo Europe/Berlin Europe/Lisbon UTC",
    "timezone": "Africa/Lagos America/Bogota Asia/Tokyo Europe/Berlin Europe/Lisbon UTC",
}
"""Name of a field, or its last word, and what it holds where it has a standard's form."""
SHORT_NAME, LONG_NAME = 5, 80
FEW = 3
"""So many of them have to fit, or the field means something else."""

RANGES: dict[str, tuple[int, int]] = {
    "age": (18, 90),
    "amount": (1, 1000),
    "percent": (1, 100),
    "price": (1, 200),
    "quantity": (1, 20),
    "rating": (1, 5),
    "stars": (1, 5),
    "stock": (0, 500),
    "weight": (1, 5000),
    "year": (1950, 2025),
}
USUAL = (0, 1000)
"""Numbers that look natural, by the last word of a name, and where nothing is known."""


def last_word(name: str) -> str:
    """The last word of a name, in the singular."""
    return naming.singular(name).rsplit("_", 1)[-1]


def words_for(item: Field, resource: str) -> str:
    """The list of words that suits a text."""
    words = naming.singular(item.name) if item.is_list else item.name
    *before, last = words.split("_")
    named = BY_OWNER.get(last, {}).get(before[-1] if before else last_word(resource))
    return LISTS.get(words) or LISTS.get(last_word(words)) or named or TITLES


def is_person(item: Field, resource: str) -> bool:
    """Whether a field is the full name of a person, and has room for any."""
    free = item.type == "string" and item.pattern is None and not item.is_list
    roomy = (item.min_length or 0) <= SHORT_NAME and (item.max_length or 255) >= LONG_NAME
    return free and roomy and words_for(item, resource) == "PEOPLE"


def code_of(item: Field) -> tuple[str, int] | None:
    """Of which characters a code is, and of how many; None where the field is no code."""
    return CODES.get(item.name) or CODES.get(last_word(item.name))


def known_values(item: Field) -> list[str]:
    """The values that the name of a field stands for; none where they don't fit its form."""
    texts = (KNOWN.get(item.name) or KNOWN.get(last_word(item.name)) or "").split()
    found = [text for text in texts if fits(item, text)]
    return found if len(found) >= FEW else []
