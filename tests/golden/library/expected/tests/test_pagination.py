"""Cursors: they lead back to where a page ended, and a forged one leads nowhere."""

import base64
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Time,
    Uuid,
)

from app.columns import ExactDecimal, Microseconds, UtcDateTime
from app.errors import InvalidInputError
from app.ordering import Order
from app.pagination import Paging, Position, decode, encode, scope_of

SCOPE = scope_of("things", {"sort": "-name"})
ID = UUID(int=1)
TABLE = Table(
    "things",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("name", String),
    Column("small", SmallInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("big", BigInteger, nullable=False),
    Column("price", ExactDecimal(10, 2), nullable=False),
    Column("share", ExactDecimal(20, 10), nullable=False),
    Column("weight", Double, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("opens_at", Time, nullable=False),
    Column("lasts", Microseconds, nullable=False),
)
VALUES = {
    "id": ID,
    "name": "Ünï 'quoted'; --",
    "small": -(2**15),
    "number": 2**31 - 1,
    "big": 2**63 - 1,
    "price": Decimal("12345678.90"),
    "share": Decimal("0.0000000001"),
    "weight": 0.1,
    "is_new": True,
    "made_on": date(2024, 2, 29),
    "made_at": datetime(2024, 2, 29, 12, 30, 0, 123456, UTC),
    "opens_at": time(9, 30),
    "lasts": timedelta(days=-3, microseconds=1),
}


def order(column: str) -> Order:
    return Order(TABLE.c[column], TABLE.c.id, descending=False)


def forged(content: object) -> str:
    """A cursor with this content; a text or bytes as they stand."""
    if isinstance(content, str):
        content = content.encode()
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def refused(column: str, cursor: str) -> bool:
    with pytest.raises(InvalidInputError) as error:
        decode(order(column), cursor, SCOPE)
    (problem,) = error.value.errors
    return (problem.location, problem.pointer) == ("query", "/cursor")


@pytest.mark.parametrize("column", VALUES)
def test_a_cursor_leads_back_to_its_position(column: str) -> None:
    position = Position(VALUES[column], ID)

    assert decode(order(column), encode(position, SCOPE), SCOPE) == position


def test_a_cursor_may_stand_where_there_is_no_value() -> None:
    position = Position(None, ID)

    assert decode(order("name"), encode(position, SCOPE), SCOPE) == position


def test_a_cursor_is_good_for_one_list_in_one_order() -> None:
    position = Position("x", ID)
    for other in (
        scope_of("others", {"sort": "-name"}),
        scope_of("things", {"sort": "name"}),
        scope_of("things", {"sort": "-name", "name": "x"}),
    ):
        assert refused("name", encode(position, other))


DEEP = "[" * 1000 + "]" * 1000
GARBAGE = {
    "nothing": "",
    "words": "not a cursor",
    "not-ascii": "ü" * 8,
    "nul": "\0",
    "odd": "abcde",
    "no-json": forged("{"),
    "no-utf-8": forged(b"\xff\xfe"),
    "null": forged(None),
    "number": forged(1),
    "text": forged('"abc"'),
    "object": forged({"0": SCOPE, "1": "x", "2": str(ID)}),
    "short": forged([SCOPE, "x"]),
    "long": forged([SCOPE, "x", str(ID), 1]),
    "no-scope": forged([None, "x", str(ID)]),
    "deep": forged("[" * 3000),
    "deep-scope": forged(f"[{DEEP}, 1, 1]"),
    "digits": forged(f'["{SCOPE}", {"9" * 3000}, "{ID}"]'),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_what_is_no_cursor_is_refused(name: str) -> None:
    assert refused("name", GARBAGE[name])


HOSTILE = ["a\0b", "\ud800", [], {}, [[1]], 10**30, -(10**30), float("nan"), float("inf")]


@pytest.mark.parametrize("value", [None, "x", 1, *HOSTILE], ids=repr)
def test_a_cursor_with_a_forged_id_is_refused(value: object) -> None:
    assert refused("name", forged([SCOPE, "x", value]))


@pytest.mark.parametrize("column", [name for name in VALUES if name != "weight"])
def test_a_cursor_with_a_forged_value_is_refused(column: str) -> None:
    for value in HOSTILE:
        assert refused(column, forged([SCOPE, value, str(ID)]))


@pytest.mark.parametrize("column", [name for name in VALUES if name != "name"])
def test_a_value_can_be_missing_only_where_the_column_may_be_empty(column: str) -> None:
    assert refused(column, forged([SCOPE, None, str(ID)]))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("small", 2**15),
        ("number", 2**31),
        ("big", 2**63),
        ("number", 1.5),
        ("price", "1e99"),
        ("price", "NaN"),
        ("price", "0E+999999"),
        ("made_at", "0001-01-01T00:00:00+23:59"),
        ("made_at", "2024-01-01T00:00:00"),
        ("lasts", "P999999999D"),
    ],
)
def test_a_value_that_the_column_can_not_hold_is_refused(column: str, value: object) -> None:
    assert refused(column, forged([SCOPE, value, str(ID)]))


@pytest.mark.parametrize("limit", [0, -1, 101, 10**30, None])
def test_a_page_has_its_bounds(limit: object) -> None:
    with pytest.raises(ValidationError):
        Paging.model_validate({"limit": limit})


def test_a_page_is_no_larger_than_need_be_unless_asked() -> None:
    assert Paging().limit == 20
    assert Paging(limit=100).limit == 100


def test_the_length_of_a_cursor_is_limited() -> None:
    with pytest.raises(ValidationError):
        Paging.model_validate({"cursor": "a" * 5000})
