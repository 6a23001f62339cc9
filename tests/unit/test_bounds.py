"""Bounds of numbers, as columns of each type can meet them."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import replace
from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.bounds import attainable, float_range
from generator.spec.model import Field
from generator.views.code import Enums
from generator.views.invalid import invalid
from generator.views.samples import sample

FORMATS = ((1, 0), (4, 2), (5, 5), (20, 3))
OPERATORS = {"<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__}
WIDE = Context(prec=200)


def decimal(precision: int, scale: int) -> Field:
    return Field(name="n", type="decimal", precision=precision, scale=scale)


@given(st.sampled_from(FORMATS), st.sampled_from(sorted(OPERATORS)), st.integers(), st.data())
def test_a_decimal_is_bounded_alike_by_what_it_attains(
    form: tuple[int, int], comparison: str, near: int, data: st.DataObject
) -> None:
    precision, scale = form
    most = 10**precision - 1
    units = data.draw(st.integers(-most, most))
    exact = [units * 10 + near % 11 - 5, near * 10]
    bound = Decimal(data.draw(st.sampled_from(exact))).scaleb(-scale - 1, WIDE)
    value = Decimal(units).scaleb(-scale, WIDE)
    holds = OPERATORS[comparison]

    made = attainable(decimal(*form), comparison, bound)

    assert holds(value, made) == holds(value, bound)
    assert "E" not in str(made)
    assert made == made.quantize(Decimal(1).scaleb(-scale), context=WIDE)
    assert abs(made) <= 10 ** (precision - scale)


@pytest.mark.parametrize(
    ("kind", "comparison", "bound", "made"),
    [
        ("int", ">=", "0.5", "1"),
        ("int", "<", "1E+3", "1000"),
        ("int", ">", "-0.5", "-1"),
        ("float", ">=", "-273.15", "-273.15"),
    ],
)
def test_other_numbers_are_bounded_by_numbers_of_their_kind(
    kind: str, comparison: str, bound: str, made: str
) -> None:
    assert str(attainable(Field(name="n", type=kind), comparison, Decimal(bound))) == made


@pytest.mark.parametrize(("bound", "made"), [("0", "0"), ("1.50", "1.50"), ("1E+1", "10")])
def test_a_bound_that_a_decimal_attains_stays_as_it_was_written(bound: str, made: str) -> None:
    assert str(attainable(decimal(4, 2), ">=", Decimal(bound))) == made


FLOAT = Field(name="n", type="float")
WINDOWS = [
    FLOAT,
    replace(FLOAT, gt=Decimal("-1E+30")),
    replace(FLOAT, lt=Decimal("-1E+30")),
    replace(FLOAT, ge=Decimal("-1E+30"), le=Decimal("1E+30")),
    replace(FLOAT, gt=Decimal("0.1"), lt=Decimal("0.2")),
    replace(FLOAT, lt=Decimal("0.5")),
    replace(FLOAT, gt=Decimal("-0.5")),
    replace(FLOAT, ge=Decimal("1E+300")),
    replace(FLOAT, le=Decimal("-1.7E+308")),
    replace(FLOAT, ge=Decimal("0.25"), le=Decimal("0.5")),
]


@pytest.mark.parametrize("item", WINDOWS)
def test_values_of_tests_and_seeds_are_on_their_side_of_a_floats_bounds(item: Field) -> None:
    made = sample(item, Enums())
    values = [made.at(row) for row in range(made.distinct)]
    past = [literal_eval(one.expression) for one in invalid(item, Enums()) if "too" in one.reason]
    low, high = float_range(item, 1000.0)

    assert all(within(item, value) for value in values)
    assert len(set(values)) == len(values)
    assert len(past) == sum(bound is not None for bound in (item.gt, item.ge, item.lt, item.le))
    assert not any(within(item, value) for value in past)
    assert low < low + (high - low) / 10**6 < high
    assert within(item, low + (high - low) / 2)


def within(item: Field, value: float) -> bool:
    """Whether a float field takes a number."""
    return (
        (item.gt is None or value > float(item.gt))
        and (item.ge is None or value >= float(item.ge))
        and (item.lt is None or value < float(item.lt))
        and (item.le is None or value <= float(item.le))
    )
