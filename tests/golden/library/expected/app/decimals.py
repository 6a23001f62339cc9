"""Exact numbers, which travel as texts: JSON's own numbers end up as floats in many a client.

The OpenAPI document can bound a number but not a text, so its pattern says the bounds: a client that
keeps to it is never refused for a number.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Annotated

from pydantic import (
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from app.numerals import signed
from app.schemas import form


def to_text(value: Decimal) -> str:
    """All digits of a number and no exponent, which Python has for the smallest: `1E-7`."""
    return f"{value:f}"


PlainDecimal = Annotated[
    Decimal,
    PlainSerializer(to_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
]
"""A decimal in an answer: a text that a request may hold."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A decimal of `precision` digits, `scale` of them behind the point; in JSON a text.

    The text is what JSON writes as a number (RFC 8259), without an exponent.
    """

    precision: int
    scale: int
    ge: Decimal | None = None
    gt: Decimal | None = None
    le: Decimal | None = None
    lt: Decimal | None = None

    @property
    def largest(self) -> int:
        """What all of its digits hold, bounds or none, as a count of its last digits: 999 is 9.99."""
        nines: int = 10**self.precision - 1
        return nines

    @property
    def lowest(self) -> int:
        """The least value, counted likewise."""
        bounds = [-self.largest]
        bounds += [] if self.ge is None else [ceil(self.last_digits(self.ge))]
        bounds += [] if self.gt is None else [floor(self.last_digits(self.gt)) + 1]
        return max(bounds)

    @property
    def highest(self) -> int:
        """The greatest value, counted likewise."""
        bounds = [self.largest]
        bounds += [] if self.le is None else [floor(self.last_digits(self.le))]
        bounds += [] if self.lt is None else [ceil(self.last_digits(self.lt)) - 1]
        return min(bounds)

    def last_digits(self, bound: Decimal) -> Fraction:
        """A bound in counts of the last digit, of which it may hold a part."""
        shift: int = 10**self.scale
        return Fraction(bound) * shift

    @property
    def pattern(self) -> str:
        """The form of the text: that of each number within the bounds, and of no other."""
        return f"^{signed(self.lowest, self.highest, self.scale)}$"

    @property
    def example(self) -> str:
        """A text of such a number, be it within the bounds or not."""
        whole = "1" if self.precision > self.scale else "0"
        return f"{whole}.{'0' * self.scale}" if self.scale else whole

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        number = core_schema.decimal_schema(
            max_digits=self.precision,
            decimal_places=self.scale,
            ge=self.ge,
            gt=self.gt,
            le=self.le,
            lt=self.lt,
        )
        # Bounds are Pydantic's to check, which says them to whoever is past one.
        unbounded = Exact(self.precision, self.scale, ge=Decimal(0) if self.lowest >= 0 else None)
        spelled = form(unbounded.pattern, self.example, Decimal)
        checked = core_schema.no_info_before_validator_function(spelled, number)
        return core_schema.no_info_after_validator_function(self.to_scale, checked)

    def to_scale(self, value: Decimal) -> Decimal:
        """The same number with all of its digits behind the point, as a column gives it back.

        A zero has no sign: not every engine keeps it.
        """
        exact = value.quantize(Decimal(1).scaleb(-self.scale), context=Context(prec=self.precision))
        return exact.copy_abs() if exact.is_zero() else exact

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": self.pattern}
