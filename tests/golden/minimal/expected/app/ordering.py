"""The order of a list, and the rows that are put into it."""

from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, func, select

from app.database import Executor


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
    """All the rows of a list, of which a page shows some; `name` tells one list from another."""

    name: str
    rows: Select[Any]
    order: Order


async def count(executor: Executor, rows: Select[Any]) -> int:
    """How many rows there are."""
    (row,) = await executor.all(select(func.count().label("total")).select_from(rows.subquery()))
    total: int = row["total"]
    return total
