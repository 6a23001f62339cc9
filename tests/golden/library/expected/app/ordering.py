"""The order of a list, and the rows that are put into it."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, func, select

from app.database import Executor
from app.parts import REMEMBERED, Conditions, Within


class Order(NamedTuple):
    """The order of a list: by a column, then by id, with nulls last both ways."""

    column: Column[Any]
    id: Column[Any]
    descending: bool

    def by(self) -> list[ColumnElement[Any]]:
        """The expressions of ORDER BY."""
        columns = [self.column] if self.column is self.id else [self.column, self.id]
        directed = [c.desc() if self.descending else c.asc() for c in columns]
        return [self.column.is_(None), *directed] if self.column.nullable else [*directed]


class Listing(NamedTuple):
    """All the rows of a list, of which a page shows some: a part of a table, in an order."""

    rows: Select[Any]
    """Those of the whole table."""
    part: Within
    order: Order


async def count(executor: Executor, listing: Listing) -> int:
    """How many rows there are."""
    part = listing.part
    (row,) = await executor.all(counting(listing.rows, part.conditions), part.values)
    total: int = row["total"]
    return total


@lru_cache(maxsize=REMEMBERED)
def counting(rows: Select[Any], conditions: Conditions) -> Select[Any]:
    """The statement that counts the rows of which all of that holds."""
    return select(func.count().label("total")).select_from(rows.where(*conditions).subquery())
