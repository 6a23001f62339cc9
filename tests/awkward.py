"""A spec of every word that a generated project has another use for, and of a few that it cuts.

Each word is a resource, a field, a relation and the inverse of one, in all the company that makes
it awkward; the enums are called like the classes that stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.naming import pascal

_WORDS = """
order class from type metadata registry schema json copy validate select model_config date
request list response query data access router service status etags caller session versions
path field news test user_session app table column index base book book_tag limit cursor sort q
size page total text decimal int uuid time none true self and as is datetime timedelta bool str
bytes float dict def await import object filter license exception mro register conftest
test_case database client repository link row me other account token login_attempt problem
found linkable mapped_column relationship utc_now utc_today uuid4 conv take_whole_numbers enum
string smallint bigint duration email url slug ip password users_related
owner_id name value n body item reset_token part_of of_part changes sign_in paging
book_page book_repository make_x x_body of within l o model_dump_x
"""
_CLASSES = """
Text Schema Exact Base64 BookCreate UUID Decimal StrEnum Field Annotated Literal MISSING Mapped
Stored Paging EnumText Any Date Boolean Varchar UTC Role Password BookQuery Int32 Uuid Row O
"""
WORDS, CLASSES = tuple(_WORDS.split()), tuple(_CLASSES.split())
PLURALS = {"data": "data", "etags": "etags", "license": "license", "linkable": "linkable"}
"""Where the plural is the awkward word."""
TYPES = (
    "string = word",
    "date = today",
    "time? = now",
    "datetime = now",
    "uuid index = uuid",
    "decimal(10, 2) index",
    "duration",
    "text(1..2000)?",
    "json?",
    "bool = true",
    "int >= 1 index",
    "float?",
    "bytes(20)",
    "string(3..10) unique",
    "password",
    "slug? immutable",
    "ip? readonly",
    "string? hidden",
    "email writeonly",
)
OF_USERS, LINKS = ("email", "password"), 3
"""Names that accounts have already, and how many of the others are links."""
OWNED = ("writer", "keeper", None, None, None)
ACCESS = ("", "{read: public, write: admin}", "", "{read: public, write: public}", "")


def pages(parts: int = 2) -> list[str]:
    """As many specs, with a part of the words each: an enum and a resource can't be one class."""
    return [_page(WORDS[start::parts]) for start in range(parts)]


def _page(words: tuple[str, ...]) -> str:
    classes = tuple(name for name in CLASSES if name not in map(pascal, words))
    enums = [f"  {name}: [name, value, mro, '1', none, token, I, O]" for name in classes]
    resources = [line for number in range(len(words)) for line in _resource(words, number, classes)]
    head = [
        "scaffold: 1",
        "service: {name: awkward, description: 'Books \N{EN DASH} \N{CYRILLIC SMALL LETTER A}'}",
        "enums:",
    ]
    return "\n".join([*head, *enums, "resources:", *_user(words, classes), *resources]) + "\n"


def _user(words: tuple[str, ...], classes: tuple[str, ...]) -> Iterator[str]:
    """Accounts with awkward fields and links, of every type."""
    names = [word for word in words if word not in OF_USERS]
    types = (*TYPES, *classes)
    yield "  user:"
    yield "    fields:"
    for number, name in enumerate(names[: len(names) - LINKS]):
        yield f"      {name}: {types[number % len(types)]!r}"
    one, many, several = names[-LINKS:]
    yield "    relations:"
    yield f"      {one}: belongs_to {words[0]}? on_delete set_null inverse {one}_y"
    yield f"      {many}: many_to_many {words[0]} inverse {many}_y"
    yield f"      {several}: many_to_many {words[-1]}"


def _resource(words: tuple[str, ...], number: int, classes: tuple[str, ...]) -> Iterator[str]:
    name = words[number]
    yield f"  {name}:"
    if name in PLURALS:
        yield f"    plural: {PLURALS[name]}"
    owned, access = OWNED[number % len(OWNED)], ACCESS[number % len(ACCESS)]
    if owned:
        yield f"    owned: {owned}"
    if access and not owned:
        yield f"    access: {access}"
    types = (*TYPES, *classes)
    yield "    fields:"
    for step in range(1, 7):
        field = words[(number + step) % len(words)]
        yield f"      {field}: {types[(number * 5 + step * 7) % len(types)]!r}"
    yield "    relations:"
    yield from _relations(words, number)


def _relations(words: tuple[str, ...], number: int) -> Iterator[str]:
    """Two links to the resource before, with an inverse each, one to itself and one to users."""
    near = [words[(number + step) % len(words)] for step in range(7, 13)]
    if number:
        before = words[number - 1]
        yield f"      {near[0]}: belongs_to {before} inverse {near[3]}"
        yield f"      {near[1]}: many_to_many {before} inverse {near[4]}"
    yield f"      {near[2]}: belongs_to {words[number]}? on_delete set_null"
    yield f"      {near[5]}_x: belongs_to user?"
