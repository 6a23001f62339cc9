"""The rows of a join table: which of these go with which of those."""

from typing import Any, cast

from sqlalchemy import Column, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from app.constraints import read
from app.database import Base, Executor
from app.errors import NotFoundError
from app.repository import Within


class Links:
    """The links of one table, seen from the side of `own`; `others` are at the other end."""

    def __init__(
        self, executor: Executor, table: Table, own: str, other: str, others: type[Base]
    ) -> None:
        self._executor = executor
        self._table = table
        self._own: Column[Any] = table.c[own]
        self._other: Column[Any] = table.c[other]
        self._other_id: Column[Any] = cast("Table", others.__table__).c.id

    async def add(self, own_id: object, other_id: object) -> None:
        """Link the two, if they aren't yet. Raises `NotFoundError` where there is no such other."""
        values = {self._own.key: own_id, self._other.key: other_id}
        try:
            await self._executor.run(insert(self._table), values)
        except DBAPIError as error:
            violation = read(error, self._table)
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

    def of(self, own_id: object) -> Within:
        """The others that are linked to this one, as a part of their own table."""
        linked = select(self._other).where(self._own == own_id)
        word = f"{self._table.name}.{self._own.key}={own_id}"
        return Within(word, self._other_id.in_(linked))
