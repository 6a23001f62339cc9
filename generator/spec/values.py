"""The value that a text has in a type: `0.10` as a decimal, `2026-01-31` as a date.

Exact always: the text goes to the type's own reader and never through YAML's numbers.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from generator.spec.durations import duration
from generator.spec.grammar import TypeGrammar
from generator.spec.model import Field
from generator.spec.patterns import searchable
from generator.spec.shapes import whole
from generator.spec.source import Scalar, plain_kind

_LONGEST_NUMBER = 400
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,4})?\Z", re.ASCII)
_INTEGER = re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\Z", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[-+]\d{2}:\d{2})\Z", re.ASCII
)
_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")


class Unreadable(ValueError):  # noqa: N818 - says what the text is, not that it is an error
    """A text that the type cannot read; the message says what it reads."""


def read_value(node: Scalar, field: Field) -> Any:
    """The value of a text in the type of a field.

    Raises Unreadable where it has none.
    """
    return _READERS.get(field.type, _text)(node, field)


def check_value(value: Any, field: Field, grammar: TypeGrammar) -> None:
    """Raises Unreadable where the value is outside of what the field may hold."""
    if isinstance(value, str | bytes) and field.type != "enum":
        _check_length(len(value), field)
    if isinstance(value, str) and field.pattern and not _matches(field.pattern, value):
        raise Unreadable(f"no match of /{field.pattern}/")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        _check_bounds(Decimal(value), field, grammar)


def _matches(pattern: str, value: str) -> bool:
    """Whether the pattern is found; what could take forever to tell is taken on trust."""
    return not searchable(pattern, value) or re.search(pattern, value) is not None


def _check_length(length: int, field: Field) -> None:
    if field.min_length is not None and length < field.min_length:
        raise Unreadable(f"shorter than {field.min_length}")
    if field.max_length is not None and length > field.max_length:
        raise Unreadable(f"longer than {field.max_length}")


def _check_bounds(value: Decimal, field: Field, grammar: TypeGrammar) -> None:
    low, high = grammar.lowest, grammar.highest
    if (low is not None and value < low) or (high is not None and value > high):
        raise Unreadable(f"out of the range of {field.type}, {low} to {high}")
    if (field.ge is not None and value < field.ge) or (field.gt is not None and value <= field.gt):
        raise Unreadable("below the field's lower bound")
    if (field.le is not None and value > field.le) or (field.lt is not None and value >= field.lt):
        raise Unreadable("above the field's upper bound")


def number(text: str) -> Decimal | None:
    """An exact number, at most 400 characters long; None for anything else."""
    if not _NUMBER.match(text) or len(text) > _LONGEST_NUMBER:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_Read = Callable[[Scalar, Field], Any]


def _text(node: Scalar, _field: Field) -> str:
    return node.text


def _integer(node: Scalar, field: Field) -> int:
    value = whole(node.text) if node.plain and _INTEGER.match(node.text) else None
    if value is None:
        raise Unreadable(f"no whole number, as {field.type} needs one")
    return value


def _float(node: Scalar, _field: Field) -> float:
    value = number(node.text) if node.plain else None
    if value is None or not math.isfinite(float(value)):
        raise Unreadable("no finite number")
    return float(value)


def _decimal(node: Scalar, field: Field) -> Decimal:
    value = number(node.text)
    if value is None:
        raise Unreadable("no exact number")
    precision, scale = field.precision, field.scale
    if precision is not None and scale is not None and not fits(value, precision, scale):
        raise Unreadable(f"no number of {precision} digits, {scale} of them behind the point")
    return value


def fits(value: Decimal, precision: int, scale: int) -> bool:
    """Whether `decimal(precision, scale)` holds the value exactly."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return False
    significant = "".join(map(str, digits)).strip("0")
    trailing = len(digits) - len("".join(map(str, digits)).rstrip("0")) if significant else 0
    places = max(0, -(exponent + trailing)) if significant else 0
    return places <= scale and (not significant or value.adjusted() < precision - scale)


def _bool(node: Scalar, _field: Field) -> bool:
    if plain_kind(node) != "bool":
        raise Unreadable("neither true nor false")
    return node.text.lower() == "true"


def _date(node: Scalar, _field: Field) -> Any:
    return _iso(node.text, _DATE, date.fromisoformat, "date (ISO 8601: 2026-01-31, or today)")


def _time(node: Scalar, _field: Field) -> Any:
    return _iso(node.text, _TIME, time.fromisoformat, "time without a zone (09:30:00, or now)")


def _datetime(node: Scalar, _field: Field) -> Any:
    what = "instant with a time zone (RFC 3339: 2026-01-31T09:30:00Z, or now)"
    return _iso(
        node.text, _INSTANT, lambda text: datetime.fromisoformat(text).astimezone(UTC), what
    )


def _iso(text: str, shape: re.Pattern[str], parse: Callable[[str], Any], what: str) -> Any:
    if shape.match(text):
        try:
            return parse(text)
        except (ValueError, OverflowError):
            pass
    raise Unreadable(f"no {what}")


def _duration(node: Scalar, _field: Field) -> Any:
    found = duration(node.text)
    if found is None:
        raise Unreadable("no duration (ISO 8601: PT90S, P1DT2H; or 90s, 2h)")
    return found


def _uuid(node: Scalar, _field: Field) -> Any:
    return _iso(node.text, _UUID, UUID, "UUID (or the word uuid, for a new one each time)")


def _bytes(node: Scalar, _field: Field) -> bytes:
    try:
        return base64.b64decode(node.text, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("no base64") from None


def _email(node: Scalar, _field: Field) -> str:
    return _matching(node.text, _EMAIL, "email address")


def _slug(node: Scalar, _field: Field) -> str:
    return _matching(node.text, _SLUG, "slug (lower-case-words-and-digits)")


def _matching(text: str, shape: re.Pattern[str], what: str) -> str:
    if not shape.match(text):
        raise Unreadable(f"no {what}")
    return text


def _url(node: Scalar, _field: Field) -> str:
    try:
        parts = urlsplit(node.text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in node.text
    except ValueError:
        good = False
    if not good:
        raise Unreadable("no http or https URL")
    return node.text


def _ip(node: Scalar, _field: Field) -> str:
    try:
        return str(ipaddress.ip_address(node.text))
    except ValueError:
        raise Unreadable("no IP address") from None


def _password(_node: Scalar, _field: Field) -> str:
    raise Unreadable("no default for a password: it would stand here in plain sight")


_READERS: dict[str, _Read] = {
    "email": _email,
    "url": _url,
    "slug": _slug,
    "ip": _ip,
    "password": _password,
    "smallint": _integer,
    "int": _integer,
    "bigint": _integer,
    "float": _float,
    "decimal": _decimal,
    "bool": _bool,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "duration": _duration,
    "uuid": _uuid,
    "bytes": _bytes,
}
