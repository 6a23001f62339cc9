"""The rows of a join table: which of these go with which of those."""

from functools import cache
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from app.database import Base, Executor
from app.errors import NotFoundError
from app.parts import Conditions, Within, equality


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    return cast("Table", model.__table__)


class Linked:
    """What the rows of a table link, seen from the side of `own`; `others` are at the other end."""

    def __init__(self, table: Table, own: str, other: str, others: type[Base]) -> None:
        self._table = table
        self._own: Column[Any] = table.c[own]
        self._other: Column[Any] = table.c[other]
        self._other_id: Column[Any] = table_of(others).c.id

    def of(self, own_id: object) -> Within:
        """The others that are linked to this one, as a part of their own table."""
        name = f"__{self._table.name}_{self._own.key}_"
        linked = among(self._other_id, self._other, self._conditions(name))
        return Within((linked,), {name: own_id})

    def _conditions(self, name: str) -> Conditions:
        """What holds of the links of whichever row that name will stand for."""
        return (equality(self._own, name),)


@cache
def among(ids: Column[Any], linked: Column[Any], conditions: Conditions) -> ColumnElement[bool]:
    """The id is one of those in a column of the links of which all of that holds."""
    return ids.in_(select(linked).where(*conditions))


class Links(Linked):
    """The rows of a table that holds links and nothing else: they are made and taken away."""

    def __init__(
        self, executor: Executor, table: Table, own: str, other: str, others: type[Base]
    ) -> None:
        super().__init__(table, own, other, others)
        self._executor = executor

    async def add(self, own_id: object, other_id: object) -> None:
        """Link the two, if they aren't yet. Raises `NotFoundError` where there is no such other."""
        values = {self._own.key: own_id, self._other.key: other_id}
        try:
            await self._executor.run(insert(self._table), values)
        except DBAPIError as error:
            violation = self._executor.backend.violation(error, self._table)
            if violation is None:
                raise
            if violation.kind == "reference":
                raise NotFoundError("There is no such thing to link.") from error

    async def remove(self, own_id: object, other_id: object) -> None:
        """Unlink the two, if they are linked."""
        where = (self._own == own_id, self._other == other_id)
        await self._executor.run(delete(self._table).where(*where))

    async def count(self, own_id: object) -> int:
        """How many others this one is linked to."""
        statement = select(func.count().label("links")).where(self._own == own_id)
        row = await self._executor.one(statement)
        return row["links"] if row else 0
