"""Bounds of numbers in terms of what a column holds: models and migrations print the same ones."""

from __future__ import annotations

import math
import sys
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


def float_range(item: Field, width: float) -> tuple[float, float]:
    """Two numbers of which a float field allows all that lie between.

    They are `width` apart, closer where the field has two bounds, and farther where floats near its
    bound are; they start at its lower bound, at zero without one, or else end at its upper bound.
    """
    lower, upper = item.gt if item.ge is None else item.ge, item.lt if item.le is None else item.le
    ends = [float(bound) for bound in (lower, upper) if bound is not None]
    width = max(width, *map(abs, ends), 0.0)
    start = 0.0 if lower is None else ends[0]
    if lower is None and upper is not None and ends[-1] <= 0:
        start = max(ends[-1] - width, -sys.float_info.max)
    return start, min(start + width, ends[-1] if upper is not None else sys.float_info.max)


def float_past(comparison: str, bound: Decimal) -> float:
    """A number that the bound of a float keeps out: the bound itself, or one that is past it."""
    limit = float(bound)
    outwards = {">=": -1.0, "<=": 1.0}.get(comparison, 0.0)
    if limit + outwards == limit and outwards:
        return math.nextafter(limit, outwards * math.inf)
    return limit + outwards
