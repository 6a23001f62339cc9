"""What the OpenAPI document says of an exact number is what the service takes."""

import re
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.decimals import Exact, PlainDecimal

BOUNDED = [
    Exact(3, 0),
    Exact(3, 3),
    Exact(3, 2, gt=Decimal(0)),
    Exact(3, 1, ge=Decimal(0), lt=Decimal(90)),
    Exact(3, 1, ge=Decimal("9.95"), le=Decimal("10.04")),
    Exact(3, 2, ge=Decimal("-2.73"), le=Decimal("1.05")),
    Exact(3, 1, gt=Decimal(-40), le=Decimal("-0.5")),
]
LARGE = "12345678901234567890123456789.123456788"


def numerals(scale: int) -> list[str]:
    """Every number of three digits, so many of them behind its point, below zero and above."""
    steps = [Decimal(count).scaleb(-scale) for count in range(1000)]
    return [f"{sign}{step}" for step in steps for sign in ("", "-")]


def takes(exact: Exact, text: str) -> bool:
    """Whether a request may hold the text."""
    try:
        TypeAdapter[Any](Annotated[Decimal, exact]).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("exact", BOUNDED, ids=str)
def test_the_document_says_the_bounds(exact: Exact) -> None:
    pattern = re.compile(exact.pattern)
    texts = numerals(exact.scale)
    assert [one for one in texts if pattern.search(one)] == [
        one for one in texts if takes(exact, one)
    ]


@pytest.mark.parametrize("text", ["1.50", "1.5", "0.20", "2"])
def test_zeros_at_the_end_may_be_left_out(text: str) -> None:
    exact = Exact(3, 2, ge=Decimal("0.20"), le=Decimal(2))
    assert takes(exact, text)
    assert re.search(exact.pattern, text)


@pytest.mark.parametrize("text", ["", "+1", "01", "1.", ".5", "1e1", "1.001", "NaN", " 1", "1\n"])
def test_another_form_is_refused(text: str) -> None:
    assert not takes(Exact(3, 2), text)


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0.00"])
def test_a_zero_has_no_sign(text: str) -> None:
    assert str(TypeAdapter[Any](Annotated[Decimal, Exact(3, 2)]).validate_python(text)) == "0.00"


def test_many_digits_are_bounded_exactly() -> None:
    exact = Exact(38, 9, ge=Decimal(f"-{LARGE}"), le=Decimal(LARGE))
    past = f"{LARGE[:-1]}9"
    for sign in ("", "-"):
        assert re.search(exact.pattern, sign + LARGE)
        assert takes(exact, sign + LARGE)
        assert not re.search(exact.pattern, sign + past)
        assert not takes(exact, sign + past)


@pytest.mark.parametrize(
    "text", ["0.0000000", "-0.0000001", "1.50", "100", "9" * 29 + "." + "9" * 9]
)
def test_an_answer_holds_what_a_request_may(text: str) -> None:
    answer = TypeAdapter[Decimal](PlainDecimal)
    assert answer.dump_python(Decimal(text), mode="json") == text
    assert re.search(answer.json_schema(mode="serialization")["pattern"], text)
