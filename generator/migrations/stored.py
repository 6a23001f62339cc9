"""Values as the engines store them, written in SQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from generator.migrations.dialects import dialect
from generator.migrations.metadata import field_type
from generator.spec.model import Engine, Field
from generator.sqltypes import EXACT_INTEGER_DIGITS

WIDE = Context(prec=100)
Writer = Callable[[Any, Field, Engine], str]


def stored(value: object, field: Field, engine: Engine) -> str:
    """The SQL literal of a field's value as the engine keeps it. None where it is NULL."""
    if value is None:
        return "NULL"
    if field.is_list:
        return _listed(value, field, engine)
    return WRITERS.get(field.type, _text)(value, field, engine)


def quoted(text: str, engine: Engine) -> str:
    """A text as a literal."""
    literal = sa.literal(text, sa.String())
    return str(literal.compile(dialect=dialect(engine), compile_kwargs={"literal_binds": True}))


def _text(value: Any, _: Field, engine: Engine) -> str:
    return quoted(str(value), engine)


def _number(value: Any, _: Field, _engine: Engine) -> str:
    return str(value)


def _decimal(value: Decimal, field: Field, engine: Engine) -> str:
    if engine != "sqlite":
        return f"{value:f}"
    precision, scale = field.precision or 0, field.scale or 0
    unscaled = int(value.scaleb(scale, WIDE))
    if precision <= EXACT_INTEGER_DIGITS:
        return str(unscaled)
    return quoted(str(unscaled + 10**precision).zfill(precision + 1), engine)


def _bool(value: bool, _: Field, engine: Engine) -> str:
    return str(value).lower() if engine == "postgresql" else str(int(value))


def _time(value: time, _: Field, engine: Engine) -> str:
    return quoted(value.isoformat("microseconds"), engine)


def _datetime(value: datetime, _: Field, engine: Engine) -> str:
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return quoted(f"{text}+00:00" if engine == "postgresql" else text, engine)


def _duration(value: timedelta, _: Field, _engine: Engine) -> str:
    return str(value // timedelta(microseconds=1))


def _uuid(value: UUID, _: Field, engine: Engine) -> str:
    return quoted(str(value) if engine == "postgresql" else value.hex, engine)


def _json(value: object, _: Field, engine: Engine) -> str:
    return quoted(json.dumps(value), engine)


def _bytes(value: bytes, _: Field, engine: Engine) -> str:
    return rf"'\x{value.hex()}'" if engine == "postgresql" else f"X'{value.hex()}'"


def _listed(values: Any, field: Field, engine: Engine) -> str:
    """An array on PostgreSQL; elsewhere JSON, as Pydantic writes the values."""
    if engine != "postgresql":
        return quoted(json.dumps([_plain(value) for value in values]), engine)
    if not values:
        return "'{}'"
    write = WRITERS.get(field.type, _text)
    array = f"ARRAY[{', '.join(write(value, field, engine) for value in values)}]"
    if isinstance(values[0], str):
        return array
    kind = field_type(field, engine).compile(dialect=dialect(engine))
    return f"{array}::{kind}"


def _plain(value: Any) -> Any:
    for kind, plain in PLAIN.items():
        if isinstance(value, kind):
            return plain(value)
    return value


def _iso(value: timedelta) -> str:
    days, seconds = value.days, value.seconds
    fraction = f".{value.microseconds:06d}" if value.microseconds else ""
    return f"P{days}DT{seconds}{fraction}S" if value >= timedelta() else f"-{_iso(-value)}"


PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: value.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _iso,
    UUID: str,
    Decimal: "{:f}".format,
    bytes: lambda value: base64.b64encode(value).decode(),
}
"""How Pydantic writes what JSON has no word for; an instant is a date, too, and comes first."""

WRITERS: dict[str, Writer] = {
    "smallint": _number,
    "int": _number,
    "bigint": _number,
    "float": _number,
    "decimal": _decimal,
    "bool": _bool,
    "time": _time,
    "datetime": _datetime,
    "duration": _duration,
    "uuid": _uuid,
    "json": _json,
    "bytes": _bytes,
}
"""The types that are no text."""
