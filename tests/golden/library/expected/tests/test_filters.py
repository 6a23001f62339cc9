"""What each operator of a filter finds."""

from typing import Any, cast

import pytest
from sqlalchemy import Column, Integer, literal, select, union_all

from app.database import Database
from app.filters import OPERATORS

VALUES = (1, 2, 3, None)
ROWS = union_all(*(select(literal(value, Integer).label("number")) for value in VALUES)).subquery()


@pytest.mark.parametrize(
    ("word", "value", "found"),
    [
        ("eq", 2, {2}),
        ("ne", 2, {1, 3, None}),
        ("lt", 2, {1}),
        ("lte", 2, {1, 2}),
        ("gt", 2, {3}),
        ("gte", 2, {2, 3}),
        ("in", [1, 3], {1, 3}),
        ("isnull", True, {None}),
        ("isnull", False, {1, 2, 3}),
    ],
)
async def test_an_operator_finds(
    database: Database, word: str, value: object, found: set[int | None]
) -> None:
    column = cast("Column[Any]", ROWS.c.number)
    rows = await database.all(select(column).where(OPERATORS[word](column, value)))
    assert {row["number"] for row in rows} == found
