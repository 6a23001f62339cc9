"""Words: plurals, cases, and the Python and SQL names that a user's names become.

Every function is deterministic: the same spec names the same things on every machine.
"""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Literal

import inflection

LONGEST_NAME = 63
"""Characters: what PostgreSQL keeps of an identifier (NAMEDATALEN - 1)."""

ConstraintKind = Literal["pk", "uq", "ix", "fk", "ck"]


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_PLURALS = {
    "atlas": "atlases",
    "bonus": "bonuses",
    "campus": "campuses",
    "canvas": "canvases",
    "cookie": "cookies",
    "corpus": "corpora",
    "criterion": "criteria",
    "foot": "feet",
    "gas": "gases",
    "goose": "geese",
    "gps": "gps",
    "hero": "heroes",
    "leaf": "leaves",
    "lens": "lenses",
    "metadata": "metadata",
    "movie": "movies",
    "news": "news",
    "phenomenon": "phenomena",
    "pie": "pies",
    "sms": "sms",
    "software": "software",
    "staff": "staff",
    "tie": "ties",
    "tooth": "teeth",
    "virus": "viruses",
}
"""What `inflection` gets wrong of the words that name resources, singular to plural."""
_SINGULARS = {many: one for one, many in _PLURALS.items()}

_SQLALCHEMY = frozenset({"metadata", "registry", "self", "type_annotation_map"})
"""Reserved by the declarative base, and the name that its constructor's first parameter has."""

_PYDANTIC = words(
    """
    construct copy dict from_orm json mro parse_file parse_obj parse_raw register schema
    schema_json update_forward_refs validate
    model_computed_fields model_config model_construct model_copy model_dump model_dump_json
    model_extra model_fields model_fields_set model_json_schema model_parametrized_name
    model_post_init model_rebuild model_validate model_validate_json model_validate_strings
    """
)
"""Public members of `pydantic.BaseModel` and its class: a field of that name would shadow one."""
_PYDANTIC_NAMESPACES = ("model_validate", "model_dump")

_CLASS_BODY = words(
    """
    bool bytes date datetime dict float int list str time timedelta
    conv mapped_column relationship utc_now utc_time utc_today uuid4
    take_whole_numbers l
    """
)
"""Names that a class body uses after a field of that name would have hidden them, the method that
every schema has, and a letter that reads like a number."""

_BUILTINS = words(
    """
    l
    abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod
    compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float
    format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter
    len license list locals map max memoryview min next object oct open ord pow print property quit
    range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars
    zip
    """
)
"""Functions and types that a variable of that name would hide, and that same letter."""

_TAKEN = frozenset(keyword.kwlist) | _SQLALCHEMY | _PYDANTIC | _CLASS_BODY

_ENUM_RESERVED = frozenset({"mro", "name", "value", "names", "values"})


@cache
def plural(name: str) -> str:
    """The plural of a snake-case name: its last word's (`order_item` -> `order_items`)."""
    *head, last = name.split("_")
    return "_".join([*head, _PLURALS.get(last) or _pluralize(last)])


@cache
def singular(name: str) -> str:
    """The singular of a snake-case name: its last word's (`order_items` -> `order_item`)."""
    *head, last = name.split("_")
    if last in _PLURALS:
        return name
    return "_".join([*head, _SINGULARS.get(last) or inflection.singularize(last)])


def _pluralize(word: str) -> str:
    """`inflection` cannot tell `2` or `x1` from a word: what ends in a digit takes an `s`."""
    return word + "s" if word[-1:].isdigit() else inflection.pluralize(word)


def pascal(name: str) -> str:
    """`order_item` -> `OrderItem`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def camel(name: str) -> str:
    """`order_item` -> `orderItem`."""
    first, *rest = name.split("_")
    return first + pascal("_".join(rest))


def dashed(name: str) -> str:
    """`order_item` -> `order-item`."""
    return name.replace("_", "-")


def snake(name: str) -> str:
    """A name of any case in snake case (`OrderItem`, `order-item` -> `order_item`)."""
    words = re.sub(r"([A-Z]+)([A-Z][a-z])|([a-z0-9])(?=[A-Z])", _split_case, name)
    return re.sub(r"[\W_]+", "_", words).strip("_").lower()


def _split_case(match: re.Match[str]) -> str:
    return f"{match[1]}_{match[2]}" if match[1] else f"{match[3]}_"


_VOWEL_SOUND = re.compile(
    r"(?!eu|one|u(ni|s[abeu]|ti|ri|rl|uid|\b))[aeiou]|ho(ur|nest|nou?r)|heir|[fhlmnrsx]\b"
)
"""How words begin that are spoken with a vowel: an hour, an x ray, but a user and a European."""


def with_article(words: str) -> str:
    """The words behind the indefinite article: `an order item`."""
    return f"{'an' if _VOWEL_SOUND.match(words.lower()) else 'a'} {words}"


def title(name: str) -> str:
    """Words for people: `order_item` -> `Order item`, `book-store` -> `Book store`."""
    words = re.sub(r"[_-]+", " ", name)
    return words[:1].upper() + words[1:]


def class_name(name: str) -> str:
    """The Python class of a resource or an enum, CamelCase already or not.

    `none`, `true` and `false` take an underscore, since Python keeps their CamelCase.
    """
    word = pascal(name)
    return word + "_" if keyword.iskeyword(word) else word


def attribute(name: str) -> str:
    """The Python attribute that carries a user's name: with `_` behind it where it must change.

    It must for Python's keywords, names that SQLAlchemy's declarative base or Pydantic's
    `BaseModel` keep, and types that a class body annotates with. Names of users never end in an
    underscore, so that no two can meet.
    """
    taken = name in _TAKEN or name.startswith(_PYDANTIC_NAMESPACES)
    return name + "_" if taken else name


def variable(name: str, taken: Collection[str] = ()) -> str:
    """The variable that carries a user's name: `_` behind it where that is taken."""
    return name + "_" if keyword.iskeyword(name) or name in _BUILTINS or name in taken else name


def module(name: str) -> str:
    """The Python module of a user's name: with `_` behind it where it is a keyword."""
    return name + "_" if keyword.iskeyword(name) else name


def member_names(values: Iterable[str]) -> tuple[str, ...]:
    """Python names for the members of an enum: UPPER_CASE, valid, unique; for any text at all.

    Values whose names meet take a number behind them (`A`, `A_2`), one that no other value has.
    """
    wanted = [_member_name(value) for value in values]
    natural = frozenset(wanted)
    used: set[str] = set()
    names = []
    for word in wanted:
        name = word if word not in used else _numbered(word, used | natural)
        used.add(name)
        names.append(name)
    return tuple(names)


def _member_name(value: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    word = re.sub(r"[^0-9A-Za-z]+", "_", ascii_text).strip("_").upper()
    if not word or not word[0].isalpha() or word.lower() in _ENUM_RESERVED:
        return f"VALUE_{word}".rstrip("_")
    return word


def _numbered(word: str, used: set[str] | frozenset[str]) -> str:
    number = 2
    while f"{word}_{number}" in used:
        number += 1
    return f"{word}_{number}"


def constraint_name(
    kind: ConstraintKind, table: str, *columns: str, limit: int = LONGEST_NAME
) -> str:
    """The name of a constraint or index: `uq_books_author_id_title`, within `limit` characters.

    What a legacy table or column has in its name beside letters, digits and `_` becomes `_`: the
    schema of SQLite can only be read back so.
    """
    name = re.sub(r"\W", "_", "_".join([kind, table, *columns]), flags=re.ASCII)
    return shortened(name, limit=limit)


def shortened(name: str, *, limit: int = LONGEST_NAME) -> str:
    """The name itself, or where it is past the limit its head and eight digits of its SHA-256."""
    if len(name) <= limit:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: limit - 9].rstrip('_')}_{digest}"


def nearest(word: str, words: Sequence[str]) -> str | None:
    """The word that a person most likely meant, None where none is near.

    Near is one edit in three letters (insert, delete, replace, swap of neighbours), at least one;
    case, dashes and underscores do not count.
    """
    wanted = _folded(word)
    allowed = max(1, len(wanted) // 3)
    near = ((_distance(wanted, _folded(other), allowed), i) for i, other in enumerate(words))
    distance, index = min(near, default=(allowed + 1, 0))
    return words[index] if distance <= allowed and distance < len(wanted) else None


def _folded(word: str) -> str:
    return re.sub(r"[-_ ]", "", word[:80]).casefold()


def _distance(a: str, b: str, allowed: int) -> int:
    """Edits from one word to the other (optimal string alignment), `allowed + 1` if more."""
    if abs(len(a) - len(b)) > allowed:
        return allowed + 1
    before, row = list[int](), list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
