"""What each operator of a filter finds."""

from typing import Any, cast

import pytest
from pydantic import Field
from sqlalchemy import Column, Integer, literal, select, union_all

from app.database import Database
from app.filters import filtered, part_asked_for
from app.pagination import Paging

VALUES = (1, 2, 3, None)
NAMES = ("number", "number_1")
NUMBERS = (literal(value, Integer) for value in VALUES)
ROWS = union_all(*(select(*map(number.label, NAMES)) for number in NUMBERS)).subquery()


class Query(Paging):
    """What may be asked of the rows."""

    number__in: list[int] = Field(alias="number__in")
    number_1: int = Field(alias="number_1")


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
    part = filtered(column, word, "number_", value)
    rows = await database.all(select(column).where(*part.conditions), part.values)
    assert {row["number"] for row in rows} == found


async def test_a_parameter_may_be_called_like_a_name_that_sqlalchemy_gives(
    database: Database,
) -> None:
    columns = {name: cast("Column[Any]", ROWS.c[name]) for name in NAMES}
    part = part_asked_for(Query(number__in=[1, 2], number_1=2), columns)
    rows = await database.all(select(ROWS.c.number).where(*part.conditions), part.values)
    assert [row["number"] for row in rows] == [2]
