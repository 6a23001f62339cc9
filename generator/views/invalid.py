"""Values that the API must refuse, for the tests of a generated project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.bounds import EXACT, attainable, float_past
from generator.literals import py
from generator.spec.model import Field
from generator.views.code import Enums

LONGEST_INVALID = 100_000


@dataclass(frozen=True, slots=True)
class Invalid:
    """A value that the API must refuse, and why."""

    reason: str
    expression: str


NO_VALUE: dict[str, tuple[Invalid, ...]] = {
    "string": (Invalid("a number", "5"), Invalid("a NUL", '"a\\0b"')),
    "text": (Invalid("a number", "5"), Invalid("a NUL", '"a\\0b"')),
    "smallint": (Invalid("a text", '"one"'), Invalid("past 16 bits", str(2**15))),
    "int": (Invalid("a text", '"one"'), Invalid("past 32 bits", str(2**31))),
    "bigint": (Invalid("a text", '"one"'), Invalid("past 64 bits", str(2**63))),
    "float": (Invalid("a text", '"one"'),),
    "decimal": (Invalid("a float", "1.5"), Invalid("no number", '"NaN"')),
    "bool": (Invalid("a text", '"yes"'),),
    "date": (Invalid("no date", '"2026-02-30"'), Invalid("a number", "20260101")),
    "time": (Invalid("no time", '"25:00:00"'),),
    "datetime": (Invalid("no time zone", '"2026-01-01T00:00:00"'),),
    "duration": (Invalid("no duration", '"5 minutes"'),),
    "uuid": (Invalid("no UUID", '"12"'),),
    "json": (),
    "bytes": (Invalid("no base64", '"*"'),),
    "email": (Invalid("no address", '"nobody"'),),
    "url": (Invalid("another scheme", '"javascript:alert(1)"'),),
    "slug": (Invalid("capitals", '"Not A Slug"'),),
    "ip": (Invalid("no address", '"300.1.1.1"'), Invalid("a zone", '"fe80::1%<b>"')),
    "password": (Invalid("a number", "5"),),
}


NO_KEYS = (
    Invalid("what no path holds", '"a/b"'),
    Invalid("what a path takes for another place", '".."'),
    Invalid("nothing", '""'),
)
"""No keys that a client may name."""
NO_LIST = Invalid("no list", '{"0": 1}')


def invalid(item: Field, enums: Enums) -> Iterator[Invalid]:
    """Values that the API must refuse for a field."""
    yield from _no_lists(item) if item.is_list else _no_values(item, enums)
    if not item.nullable:
        yield Invalid("null", "None")


def invalid_elements(item: Field, enums: Enums) -> Iterator[Invalid]:
    """Values that the API must refuse as an element of a list."""
    if item.is_list:
        yield from _no_values(item, enums)
        yield Invalid("null", "None")


def _no_lists(item: Field) -> Iterator[Invalid]:
    yield NO_LIST
    if item.min_items:
        yield Invalid("too few", "[]")


def _no_values(item: Field, enums: Enums) -> Iterator[Invalid]:
    if item.enum is not None:
        members = {member.value for member in enums.by_name[item.enum].members}
        yield Invalid("no member", py(_other_than(members)))
    else:
        yield from NO_VALUE[item.type]
    if item.type in ("string", "text", "password"):
        yield from _wrong_lengths(item)
    yield from _past_bounds(item)


def _other_than(members: set[str]) -> str:
    word = "no such member"
    while word in members:
        word += "!"
    return word


def _wrong_lengths(item: Field) -> Iterator[Invalid]:
    if item.max_length is not None and item.max_length < LONGEST_INVALID:
        yield Invalid("too long", f'"x" * {item.max_length + 1}')
    if item.min_length:
        yield Invalid("too short", f'"x" * {item.min_length - 1}')
    if item.pattern is not None and not re.search(item.pattern, "\n"):
        yield Invalid("another form", '"\\n"')


def _past_bounds(item: Field) -> Iterator[Invalid]:
    bounds = (
        ("too small", ">=", item.ge),
        ("too small", ">", item.gt),
        ("too large", "<=", item.le),
        ("too large", "<", item.lt),
    )
    for reason, comparison, bound in bounds:
        if bound is not None:
            yield Invalid(reason, _past(item, comparison, bound))


def _past(item: Field, comparison: str, bound: Decimal) -> str:
    """A number that is not within a bound."""
    if item.type == "float":
        value = float_past(comparison, bound)
        return str(int(value)) if value.is_integer() else repr(value)
    step = Decimal(1).scaleb(-(item.scale or 0)) if item.type == "decimal" else Decimal(1)
    further = {">=": -step, "<=": step}.get(comparison, Decimal(0))
    past = EXACT.add(attainable(item, comparison, bound), further)
    return py(str(past.quantize(step, context=EXACT))) if item.type == "decimal" else str(int(past))
