"""What the request and response schemas are made of.

Each type says in the OpenAPI document exactly what it accepts: a client that keeps to the document
is never refused for the form of a value, and one that doesn't always is. There is one for each type
of `service.yaml`, whether a field has it yet or not.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from ipaddress import ip_address
from math import isfinite
from typing import Annotated, Any, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    Strict,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)


class Schema(BaseModel):
    """The body of a request: what it doesn't know, it refuses."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    @field_validator("*", mode="before")
    @classmethod
    def take_whole_numbers(cls, value: object, info: ValidationInfo) -> object:
        """What JSON writes as `2.0` is the integer 2, as JSON Schema says; a document keeps it."""
        if not isinstance(value, float) or not value.is_integer():
            return value
        field = cls.model_fields[str(info.field_name)]
        return value if takes_anything(field.annotation) else int(value)


def takes_anything(annotation: object) -> bool:
    """Whether a value of an annotation may be of any type, as a JSON document is."""
    return annotation is Any or any(takes_anything(part) for part in get_args(annotation))


class Stored(BaseModel):
    """The body of a response, made from a row; columns that it doesn't name stay inside."""

    model_config = ConfigDict(
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        protected_namespaces=(),
    )


class Versioned(Stored):
    """The body of a response, made from a row that counts its writes."""

    version_: int = Field(exclude=True)
    """Counts the writes to the row. It travels as the ETag."""


BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def state_whole_bounds(document: object) -> None:
    """Bounds of integers to the last digit: FastAPI writes them as floats, which hold 53 bits."""
    if isinstance(document, list):
        for item in document:
            state_whole_bounds(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            if key in BOUNDS and isinstance(value, float) and value.is_integer():
                document[key] = int(value)
            else:
                state_whole_bounds(value)


def form(pattern: str, like: str, *kinds: type) -> Callable[[object], object]:
    """A check that takes texts of this form alone, and what is already of one of the kinds.

    `like` is an example, for whoever sent another.
    """
    expression = re.compile(pattern, re.ASCII)

    def check(value: object) -> object:
        if isinstance(value, kinds) or (isinstance(value, str) and expression.fullmatch(value)):
            return value
        raise ValueError(f"has to be a text such as {like}")

    return check


def spelled(pattern: str, like: str, *kinds: type) -> BeforeValidator:
    """`form`, for an annotation."""
    return BeforeValidator(form(pattern, like, *kinds))


DATE = r"\d{4}-\d{2}-\d{2}"
TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?"
INSTANT = DATE + r"[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})"
LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{LABEL}(\.{LABEL})+$"
"""What the HTML standard calls a valid e-mail address, in a domain of two words or more."""
MAX_JSON_DEPTH = 100
"""Pydantic writes 255 levels, those of a page around a document included."""
URL = r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][!-~]*)?"


def to_utc(value: datetime) -> datetime:
    """The same instant in UTC."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("is outside the years 1 to 9999 in UTC") from None


def lower_case(value: str) -> str:
    """Addresses compare without regard to case."""
    return value.lower()


def any_ip_address(value: str) -> str:
    """An IPv4 or IPv6 address in its usual spelling, without a zone: any text would pass as one."""
    if "%" in value:
        raise ValueError("must not name a zone")
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError("is no IP address") from None


def well_formed(secret: SecretStr) -> SecretStr:
    """No lone surrogate: it could be neither stored nor hashed."""
    whole_characters(secret.get_secret_value())
    return secret


def whole_characters(value: str) -> str:
    """A text that can be written as UTF-8: one without half of a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must not hold half a character") from None
    return value


def proper_json(value: object) -> object:
    """A value that every JSON reader takes: no NaN, no lone surrogate, not null itself,
    and no deeper than what can be written again: a row that can't would break every list.
    """
    if value is None:
        raise ValueError("must not be null")
    pending = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        if depth > MAX_JSON_DEPTH:
            raise ValueError(f"must not be nested deeper than {MAX_JSON_DEPTH} levels")
        if isinstance(item, dict):
            pending.extend((inner, depth + 1) for inner in (*item.keys(), *item.values()))
        elif isinstance(item, list):
            pending.extend((inner, depth + 1) for inner in item)
        elif isinstance(item, str):
            whole_characters(item)
        elif isinstance(item, float) and not isfinite(item):
            raise ValueError("must hold finite numbers alone")
    return value


def no_nul(value: str) -> str:
    """No database of ours stores it in a text."""
    if "\0" in value:
        raise ValueError("must not hold a NUL")
    return value


NoNul = AfterValidator(no_nul)
"""For a text with a pattern of its own."""
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Int16 = Annotated[int, Strict(), Field(ge=-(2**15), le=2**15 - 1)]
Int32 = Annotated[int, Strict(), Field(ge=-(2**31), le=2**31 - 1)]
Int64 = Annotated[int, Strict(), Field(ge=-(2**63), lt=2**63)]
Finite = Annotated[float, Strict(), Field(allow_inf_nan=False)]
IsoDate = Annotated[date, spelled(DATE, "2026-01-31", date)]
IsoTime = Annotated[
    time,
    spelled(TIME, "09:30:00", time),
    WithJsonSchema({"type": "string", "pattern": f"^{TIME}$"}),
]
UtcInstant = Annotated[
    AwareDatetime, spelled(INSTANT, "2026-01-31T09:30:00Z", datetime), AfterValidator(to_utc)
]
Email = Annotated[str, Field(pattern=EMAIL, max_length=254), AfterValidator(lower_case)]
Url = Annotated[str, Field(pattern=f"^{URL}$")]
Slug = Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
IpAddress = Annotated[
    str,
    AfterValidator(any_ip_address),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}),
]
Secret = Annotated[SecretStr, AfterValidator(well_formed)]
Password = Secret
JsonDocument = Annotated[
    Any,
    AfterValidator(proper_json),
    WithJsonSchema({"type": ["object", "array", "string", "number", "boolean"]}),
]
