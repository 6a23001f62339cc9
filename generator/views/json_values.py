"""Values as JSON carries them: as data, and as lines of a page."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Any
from uuid import UUID

from generator.spec.model import Field

WIDE = Context(prec=80)
REST = "…"
"""The member of an object that stands for those that are left out."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that differs each time, such as the id of a row; JSON has quotes around a text."""

    name: str
    is_text: bool = True

    def __str__(self) -> str:
        return f"{{{self.name}}}"


def json_value(item: Field, value: object) -> Any:
    """A value of a field, as the API answers it."""
    if isinstance(value, list | tuple) and item.is_list:
        return [json_value(item, one) for one in value]
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal(1).scaleb(-(item.scale or 0)), context=WIDE))
    return next((write(value) for kind, write in WRITERS if isinstance(value, kind)), value)


def _duration(value: timedelta) -> str:
    """ISO 8601, in days at most, as the generated service writes it."""
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    parts = ((f"{minutes // 60}", "H"), (f"{minutes % 60}", "M"), (f"{seconds}{fraction}", "S"))
    clock = "".join(number + unit for number, unit in parts if number != "0")
    days = f"{length.days}D" if length.days else ""
    if not (days or clock):
        return "PT0S"
    return f"{'-' if value < timedelta() else ''}P{days}{'T' if clock else ''}{clock}"


WRITERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (UUID, str),
    (datetime, lambda value: value.isoformat().replace("+00:00", "Z")),
    (date, date.isoformat),
    (time, time.isoformat),
    (timedelta, _duration),
    (bytes, lambda value: b64encode(value).decode()),
)
"""How values that JSON has no type for are written; a datetime is a date too, and comes first."""


def json_lines(value: object) -> tuple[str, ...]:
    """A document, a member or an element a line."""
    return tuple(_lines(value, ""))


def _lines(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        members = [(f"{_scalar(str(key))}: ", one) for key, one in value.items()]
        yield from _block("{}", members, indent)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield from _block("[]", [("", one) for one in value], indent)
    else:
        yield indent + _scalar(value)


def _block(brackets: str, members: list[tuple[str, object]], indent: str) -> Iterator[str]:
    yield indent + brackets[0]
    for number, (name, one) in enumerate(members, 1):
        first, *others = _lines(one, f"{indent}  ")
        lines = [f"{indent}  {name}{first.lstrip()}", *others]
        comma = "," if number < len(members) else ""
        yield from (*lines[:-1], lines[-1] + comma)
    yield indent + brackets[1]


def _scalar(value: object) -> str:
    if isinstance(value, Placeholder):
        return f'"{value}"' if value.is_text else str(value)
    printable = not isinstance(value, str) or value.isprintable()
    return json.dumps(value, ensure_ascii=not printable)
