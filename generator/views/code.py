"""Python expressions as text, each with the names that it needs imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Any
from uuid import UUID

from generator import naming
from generator.fieldtype import Name
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
        return f"{enum}.{names[values.index(value)]}"


def enum_name(enum: str) -> Name:
    """The class of an enum, where generated code imports it from."""
    return Name(enum, "app.enums")


def literal(value: object) -> Code:
    """A Python value as an expression."""
    if isinstance(value, list | tuple):
        return _joined("[{}]", [literal(item) for item in value])
    for kind, write in WRITERS:
        if isinstance(value, kind):
            return write(value)
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
    if item.type == "decimal" and isinstance(default.value, list | tuple):
        return literal([_scaled(value, item) for value in default.value])
    return literal(default.value)


def _scaled(value: Decimal, item: Field) -> Decimal:
    """The number with all its digits behind the point, as a client who sent it would have it."""
    return value.quantize(Decimal(1).scaleb(-(item.scale or 0)), context=Context(prec=80))


def factory(value: Code) -> str:
    """What makes a value anew each time: a function, or the type of what is empty."""
    return {"[]": "list", "{}": "dict"}.get(value.text, f"lambda: {value}")


def _quoted(name: str, module: str) -> Callable[[Any], Code]:
    return lambda value: Code(f'{name}("{value}")', (Name(name, module),))


def _datetime(value: datetime) -> Code:
    parts = [*value.timetuple()[:6], value.microsecond]
    text = ", ".join(map(str, parts))
    return Code(
        f"datetime({text}, tzinfo=UTC)", (Name("datetime", DATETIME), Name("UTC", DATETIME))
    )


def _date(value: date) -> Code:
    return Code(f"date({value.year}, {value.month}, {value.day})", (Name("date", DATETIME),))


def _time(value: time) -> Code:
    parts = (value.hour, value.minute, value.second, value.microsecond)
    return Code(f"time({', '.join(map(str, parts))})", (Name("time", DATETIME),))


def _timedelta(value: timedelta) -> Code:
    names = ("days", "seconds", "microseconds")
    parts = [f"{name}={getattr(value, name)}" for name in names if getattr(value, name)]
    return Code(f"timedelta({', '.join(parts)})", (Name("timedelta", DATETIME),))


WRITERS: tuple[tuple[type, Callable[[Any], Code]], ...] = (
    (Decimal, _quoted("Decimal", "decimal")),
    (UUID, _quoted("UUID", "uuid")),
    (datetime, _datetime),
    (date, _date),
    (time, _time),
    (timedelta, _timedelta),
)
"""How values that have no literal are written; a datetime is a date too, and comes first."""


def _joined(form: str, parts: list[Code], *names: Name) -> Code:
    text = form.format(", ".join(part.text for part in parts))
    return Code(text, (*names, *(name for part in parts for name in part.names)))
