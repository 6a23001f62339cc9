"""Column types that mean the same on every engine; text compares by code point on each.

In a migration each of them is a plain SQLAlchemy type; what differs is how values travel. There is
one for each type of `service.yaml`, whether a table has it yet or not.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, LargeBinary, Numeric, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.backends import BACKENDS

EnumT = TypeVar("EnumT", bound=StrEnum)
Processor = Callable[[Any], Any]

SCALED_DIGITS = 18
"""Decimals of so many digits fit a 64-bit integer."""

WIDE = Context(prec=80)
"""Python's default context would round a decimal of more than 28 digits."""


class Varchar(TypeDecorator[str]):
    """Text of at most `length` characters."""

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BACKENDS[dialect.name].text(self.length)


class LongText(TypeDecorator[str]):
    """Text whose length the schemas bound."""

    impl = Text
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BACKENDS[dialect.name].long_text()


class LongBinary(TypeDecorator[bytes]):
    """Bytes whose number the schemas bound."""

    impl = LargeBinary
    cache_ok = True

    @property
    def python_type(self) -> type[bytes]:
        return bytes

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BACKENDS[dialect.name].long_binary()


class EnumText(TypeDecorator[EnumT], Generic[EnumT]):
    """A member of an enum, stored as its value, which is as long as the longest of them.

    A CHECK of the table says which there are.
    """

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def __init__(self, members: type[EnumT]) -> None:
        self.members = members
        self.length = max(map(len, members))
        super().__init__(self.length)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BACKENDS[dialect.name].text(self.length)

    def process_bind_param(self, value: EnumT | str | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> EnumT | None:
        return None if value is None else self.members(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored and returned in UTC. A datetime without a time zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BACKENDS[dialect.name].instant()

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        # A driver may return the first and the last instant there is without a time zone.
        if value is None or value.tzinfo is UTC:
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Microseconds(TypeDecorator[timedelta]):
    """A duration as a count of microseconds."""

    impl = BigInteger
    cache_ok = True

    @property
    def python_type(self) -> type[timedelta]:
        return timedelta

    def process_bind_param(self, value: timedelta | None, _dialect: Dialect) -> int | None:
        return None if value is None else value // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(microseconds=value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that never passes through a float.

    SQLite has no such type: up to 18 digits it holds the unscaled integer, beyond that a text
    whose order is the order of the numbers.
    """

    impl = Numeric
    cache_ok = True

    @property
    def python_type(self) -> type[Decimal]:
        return Decimal

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "sqlite":
            return Numeric(self.precision, self.scale)
        if self.precision <= SCALED_DIGITS:
            return BigInteger()
        return String(self.precision + 1)

    def process_bind_param(
        self, value: Decimal | None, dialect: Dialect
    ) -> Decimal | int | str | None:
        if value is None or dialect.name != "sqlite":
            return value
        unscaled = int(value.scaleb(self.scale, WIDE))
        if self.precision <= SCALED_DIGITS:
            return unscaled
        return str(unscaled + 10**self.precision).zfill(self.precision + 1)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        is_decimal = BACKENDS[dialect.name].returns_decimals
        return None if is_decimal else super().result_processor(dialect, coltype)

    def process_result_value(
        self, value: Decimal | int | str | None, dialect: Dialect
    ) -> Decimal | None:
        if value is None or dialect.name != "sqlite":
            return value if value is None else Decimal(value)
        offset = 0 if self.precision <= SCALED_DIGITS else 10**self.precision
        return Decimal(int(value) - offset).scaleb(-self.scale, WIDE)


class Json(TypeDecorator[Any]):
    """Any JSON value; None is SQL's NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BACKENDS[dialect.name].json()
