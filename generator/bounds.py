"""Bounds of numbers in terms of what a column holds: models and migrations print the same ones."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from generator.spec.model import Field

ROUNDING = {">=": ROUND_CEILING, "<": ROUND_CEILING, ">": ROUND_FLOOR, "<=": ROUND_FLOOR}
"""How a bound with more digits than the column becomes one that bounds the same values."""
EXACT = Context(prec=1000)


def whole(comparison: str, bound: Decimal) -> int:
    """The whole number that bounds whole numbers alike: `>= 0.5` is `>= 1`."""
    return int(bound.to_integral_value(ROUNDING[comparison]))


def attainable(item: Field, comparison: str, bound: Decimal) -> Decimal:
    """The number, without an exponent, that bounds the values of a column as the bound does.

    It has no more digits than the column: `< 9.999` is `< 10.00` of a `decimal(4, 2)`, and a
    bound past what its digits hold is the first number that they don't. A float is itself.
    """
    if item.type == "float":
        return bound
    if item.type != "decimal":
        return Decimal(whole(comparison, bound))
    precision, scale = item.precision or 0, item.scale or 0
    first = Decimal(10 ** (precision - scale))
    near = max(-first, min(first, bound))
    unscaled = near.scaleb(scale, EXACT).to_integral_value(ROUNDING[comparison])
    rounded = unscaled.scaleb(-scale, EXACT)
    return Decimal(f"{bound if rounded == bound else rounded:f}")
