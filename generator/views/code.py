"""Python expressions as text, each with the names that it needs imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from uuid import UUID

from generator import naming
from generator.fieldtypes import Name
from generator.literals import py
from generator.spec.model import Default, EnumType, Field

CLOCK = "app.clock"
DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of Python and the names in it that come from elsewhere."""

    text: str
    names: tuple[Name, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Enums:
    """The enums of a spec, and how Python spells their members."""

    by_name: dict[str, EnumType] = field(default_factory=dict)

    def member(self, enum: str, value: str) -> str:
        """`BookStatus.DRAFT` for the value `draft`."""
        values = [member.value for member in self.by_name[enum].members]
        names = naming.member_names(values)
        return f"{naming.class_name(enum)}.{names[values.index(value)]}"

    def longest(self, enum: str) -> int:
        """The length of the longest member, in characters."""
        return max(len(member.value) for member in self.by_name[enum].members)


ROUNDING = {">=": ROUND_CEILING, ">": ROUND_FLOOR, "<=": ROUND_FLOOR, "<": ROUND_CEILING}


def whole(comparison: str, bound: Decimal) -> int:
    """The whole number that bounds whole numbers alike: `>= 0.5` is `>= 1`."""
    return int(bound.to_integral_value(ROUNDING[comparison]))


def enum_name(enum: str) -> Name:
    """The class of an enum, where generated code imports it from."""
    return Name(naming.class_name(enum), "app.enums")


def literal(value: object) -> Code:
    """A Python value as an expression."""
    if isinstance(value, Decimal):
        return Code(f'Decimal("{value}")', (Name("Decimal", "decimal"),))
    if isinstance(value, UUID):
        return Code(f'UUID("{value}")', (Name("UUID", "uuid"),))
    if isinstance(value, datetime):
        return _constructed("datetime", *value.timetuple()[:6], value.microsecond, utc=True)
    if isinstance(value, date):
        return _constructed("date", value.year, value.month, value.day)
    if isinstance(value, time):
        return _constructed("time", value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, timedelta):
        return _constructed("timedelta", value.days, value.seconds, value.microseconds)
    if isinstance(value, list | tuple):
        parts = [literal(item) for item in value]
        return _joined("[{}]", parts)
    return Code(py(value))


def special(word: str, kind: str) -> Code:
    """The function that makes a special default: `now`, `today`, `uuid`."""
    functions = {
        ("now", "datetime"): Name("utc_now", CLOCK),
        ("now", "time"): Name("utc_time", CLOCK),
        ("today", "date"): Name("utc_today", CLOCK),
        ("uuid", "uuid"): Name("uuid4", "uuid"),
    }
    name = functions[word, kind]
    return Code(name.name, (name,))


def default_value(item: Field, default: Default, enums: Enums) -> Code:
    """The expression of a default that is a value."""
    if item.enum is not None and isinstance(default.value, str):
        return Code(enums.member(item.enum, default.value), (enum_name(item.enum),))
    if item.enum is not None and isinstance(default.value, list | tuple):
        members = [Code(enums.member(item.enum, value)) for value in default.value]
        return _joined("[{}]", members, enum_name(item.enum))
    return literal(default.value)


def _constructed(name: str, *arguments: int, utc: bool = False) -> Code:
    while len(arguments) > 1 and arguments[-1] == 0 and name != "date":
        arguments = arguments[:-1]
    names = [Name(name, DATETIME)]
    texts = [str(argument) for argument in arguments]
    if name == "datetime":
        texts = [str(argument) for argument in (*arguments, 1, 1)[:3]] if len(texts) < 3 else texts
    if utc:
        texts.append("tzinfo=UTC")
        names.append(Name("UTC", DATETIME))
    return Code(f"{name}({', '.join(texts)})", tuple(names))


def _joined(form: str, parts: list[Code], *names: Name) -> Code:
    text = form.format(", ".join(part.text for part in parts))
    return Code(text, (*names, *(name for part in parts for name in part.names)))
