"""Defaults and examples: their source text, read by the type of the field and never by YAML."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from generator.errors import quoted
from generator.spec.durations import duration
from generator.spec.grammar import TypeGrammar
from generator.spec.model import Default, EnumType, Field
from generator.spec.report import Path, Report
from generator.spec.shapes import one_of, whole
from generator.spec.source import Broken, Items, Node, Place, Scalar, compose, plain_kind
from generator.spec.source import Mapping as MappingNode

FLOW_STARTS = ("[", "{", '"', "'")

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


def read_default(
    node: Node,
    field: Field,
    grammar: TypeGrammar,
    enums: Mapping[str, EnumType],
    path: Path,
    report: Report,
) -> Default | None:
    """What a field holds when a client says nothing; None if it cannot be read, and reported.

    The words `now`, `today` and `uuid`, unquoted, are special for the types that know them.
    """
    node = _flow(node, path, report)
    if isinstance(node, Broken):
        return None
    if isinstance(node, Scalar) and node.plain:
        if node.text in grammar.default_words and not field.is_list:
            return Default(kind=node.text)  # type: ignore[arg-type]
        if node.text == "null" and field.type != "json":
            return _null(node, field, path, report)
    try:
        return Default(kind="value", value=_read(node, field, grammar, enums))
    except _WrongError as wrong:
        place, shown = report.find(path)
        at = wrong.place if shown == path or wrong.place != node.place else place
        report.here("bad-default", at, shown, str(wrong))
    return None


class _WrongError(ValueError):
    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


def _null(node: Scalar, field: Field, path: Path, report: Report) -> Default | None:
    if field.nullable:
        return Default(kind="value", value=None)
    shown = report.find(path)[1]
    message = "null as the default of a field that can't be null; add ? or quote the word"
    report.here("bad-default", node.place, shown, message)
    return None


def _flow(node: Node, path: Path, report: Report) -> Node:
    """The default of one line, still text, as YAML where it is quoted, a list or a mapping."""
    if not isinstance(node, Scalar) or not node.plain or not node.text.startswith(FLOW_STARTS):
        return node
    shown = report.find(path)[1]

    def complain(code: str, place: Place, message: str) -> None:
        code = "bad-default" if code == "yaml" else code
        report.here(code, place, shown, message)

    found = len(report.problems)
    inner = compose(node.text, complain, node.offsets)
    return inner if inner is not None and len(report.problems) == found else Broken(node.place)


def _read(node: Node, field: Field, grammar: TypeGrammar, enums: Mapping[str, EnumType]) -> Any:
    if field.is_list:
        return _read_list(node, field, grammar, enums)
    if field.type == "json":
        return _json(node)
    if not isinstance(node, Scalar):
        raise _WrongError(f"expected {_article(field)}; text that looks so is quoted", node.place)
    try:
        value = _reader(field)(node, field, enums)
        check_value(value, field, grammar)
    except Unreadable as wrong:
        raise _WrongError(f"{quoted(node.text)} is {wrong}", node.place) from None
    return value


def _read_list(
    node: Node, field: Field, grammar: TypeGrammar, enums: Mapping[str, EnumType]
) -> tuple[Any, ...]:
    if not isinstance(node, Items):
        raise _WrongError("expected a list, [a, b]", node.place)
    low, high = field.min_items or 0, field.max_items
    if len(node.items) < low or (high is not None and len(node.items) > high):
        raise _WrongError(f"{len(node.items)} items are too few or too many", node.place)
    from dataclasses import replace  # noqa: PLC0415 - kept beside its one use

    element = replace(field, is_list=False)
    for item in node.items:
        if isinstance(item, Scalar) and item.plain and item.text == "null" and field.type != "json":
            raise _WrongError("elements of a list are never null; quote the word", item.place)
    return tuple(_read(item, element, grammar, enums) for item in node.items)


def _article(field: Field) -> str:
    return f"one {field.enum or field.type}"


def check_value(value: Any, field: Field, grammar: TypeGrammar) -> None:
    """Raises Unreadable where the value is outside of what the field may hold."""
    if isinstance(value, str | bytes) and field.type != "enum":
        _check_length(len(value), field)
    if isinstance(value, str) and field.pattern and not re.search(field.pattern, value):
        raise Unreadable(f"no match of /{field.pattern}/")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        _check_bounds(Decimal(value), field, grammar)


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


_Read = Callable[[Scalar, Field, Mapping[str, EnumType]], Any]


def _text(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> str:
    return node.text


def _integer(node: Scalar, field: Field, _enums: Mapping[str, EnumType]) -> int:
    value = whole(node.text) if node.plain and _INTEGER.match(node.text) else None
    if value is None:
        raise Unreadable(f"no whole number, as {field.type} needs one")
    return value


def _float(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> float:
    value = number(node.text) if node.plain else None
    if value is None or not math.isfinite(float(value)):
        raise Unreadable("no finite number")
    return float(value)


def _decimal(node: Scalar, field: Field, _enums: Mapping[str, EnumType]) -> Decimal:
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


def _bool(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> bool:
    if plain_kind(node) != "bool":
        raise Unreadable("neither true nor false")
    return node.text.lower() == "true"


def _date(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> date:
    return _iso(node.text, _DATE, date.fromisoformat, "date (ISO 8601: 2026-01-31, or today)")


def _time(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> time:
    return _iso(node.text, _TIME, time.fromisoformat, "time without a zone (09:30:00, or now)")


def _datetime(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> datetime:
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


def _duration(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> Any:
    found = duration(node.text)
    if found is None:
        raise Unreadable("no duration (ISO 8601: PT90S, P1DT2H; or 90s, 2h)")
    return found


def _uuid(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> UUID:
    return _iso(node.text, _UUID, UUID, "UUID (or the word uuid, for a new one each time)")


def _bytes(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> bytes:
    try:
        return base64.b64decode(node.text, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("no base64") from None


def _enum(node: Scalar, field: Field, enums: Mapping[str, EnumType]) -> str:
    members = [member.value for member in enums[field.enum or ""].members]
    if node.text not in members:
        raise Unreadable(f"no member of {field.enum}: {one_of(members)}")
    return node.text


def _email(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> str:
    return _matching(node.text, _EMAIL, "email address")


def _slug(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> str:
    return _matching(node.text, _SLUG, "slug (lower-case-words-and-digits)")


def _matching(text: str, shape: re.Pattern[str], what: str) -> str:
    if not shape.match(text):
        raise Unreadable(f"no {what}")
    return text


def _url(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> str:
    try:
        parts = urlsplit(node.text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in node.text
    except ValueError:
        good = False
    if not good:
        raise Unreadable("no http or https URL")
    return node.text


def _ip(node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> str:
    try:
        return str(ipaddress.ip_address(node.text))
    except ValueError:
        raise Unreadable("no IP address") from None


def _password(_node: Scalar, _field: Field, _enums: Mapping[str, EnumType]) -> str:
    raise Unreadable("a secret in plain sight: a password has no default")


_BY_TYPE: dict[str, _Read] = {
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
    "enum": _enum,
}


def _reader(field: Field) -> _Read:
    return _BY_TYPE.get(field.type, _text)


_JSON_WORDS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": lambda text: whole(text),
    "float": lambda text: float(text) if number(text) is not None else math.nan,
    "text": lambda text: text,
}


def _json(node: Node) -> Any:
    """The value of a JSON field, as YAML 1.2's core schema reads it."""
    match node:
        case Items():
            return tuple_tree(node)
        case MappingNode():
            return {entry.key.text: _json(entry.value) for entry in node.entries}
        case Scalar():
            value = _JSON_WORDS[plain_kind(node)](node.text)
            if isinstance(value, float) and not math.isfinite(value):
                raise _WrongError("JSON has no such number", node.place)
            return value
    raise _WrongError("no JSON", node.place)


def tuple_tree(node: Items) -> list[Any]:
    """The items of a JSON list."""
    return [_json(item) for item in node.items]
