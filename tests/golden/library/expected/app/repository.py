"""What every repository can do: read, list, add, change and remove the rows of one table."""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, ClassVar, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert

from app.clock import utc_now
from app.constraints import explain, explain_delete
from app.database import Base, Executor, Row
from app.errors import ApplicationError, NotFoundError, PreconditionFailedError
from app.etags import Versions
from app.filters import part_asked_for
from app.ordering import Listing, Order
from app.pagination import Paging, RowPage, read_page
from app.parts import REMEMBERED, WHOLE, Conditions, Within, having
from app.set_null import count_set_null_writes, set_null_references

WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def next_version(table: Table) -> dict[str, ColumnElement[int]]:
    """What every change of a row sets, where the table counts those."""
    return {column.key: column + 1 for column in table.c if column.key == "version_"}


class Repository:
    """The rows of one table.

    A subclass names its `model`, the attributes that a list may be filtered by, its `default_sort`,
    and the `stamps` that a new row gets; the model says what a change sets.
    """

    model: ClassVar[type[Base]]
    filters: ClassVar[Sequence[str]] = ()
    default_sort: ClassVar[str] = "-created_at"
    stamps: ClassVar[Sequence[str]] = ("created_at", "updated_at")

    table: ClassVar[Table]
    _columns: ClassVar[Mapping[str, Column[Any]]]
    _filters: ClassVar[Mapping[str, Column[Any]]]
    _row: ClassVar[Sequence[ColumnElement[Any]]]
    _rows: ClassVar[Select[Any]]
    _next_version: ClassVar[Mapping[str, Any]]
    _insert: ClassVar[ReturningInsert[Any]]
    _get: ClassVar[Select[Any]]

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __init_subclass__(cls) -> None:
        """Build the statements that never change, for whoever names a model."""
        if "model" not in vars(cls):
            return
        cls.table = cast("Table", cls.model.__table__)
        # Declared columns come first in the table, and so last here: a name of ours hides none.
        cls._columns = {key.rstrip("_"): column for key, column in reversed(cls.table.c.items())}
        cls._filters = {key.rstrip("_"): cls.table.c[key] for key in cls.filters}
        cls._row = [column.label(key) for key, column in cls.table.c.items()]
        cls._next_version = next_version(cls.table)
        cls._insert = insert(cls.table).returning(*cls._row)
        cls._rows = select(*cls._row)
        cls._get = cls._rows.where(cls.table.c.id == bindparam("row_"))

    async def get(self, row_id: object) -> Row | None:
        """The row, unless there is none."""
        return await self._executor.one(self._get, {"row_": row_id})

    async def first(self, within: Within) -> Row | None:
        """A row of a part of the table."""
        return await self._executor.one(one_of(self._rows, within.conditions), within.values)

    async def page(self, query: Paging, within: Within = WHOLE) -> RowPage:
        """The rows of one page of a list. Raises `InvalidInputError` for a bad cursor."""
        part = within & part_asked_for(query, self._filters)
        return await read_page(self._executor, Listing(self._rows, part, self._order(query)), query)

    async def add(self, values: Mapping[str, Any]) -> Row:
        """A new row. Raises `ConflictError` or `InvalidInputError` where a constraint says no."""
        values = {**dict.fromkeys(self.stamps, utc_now()), **values}
        async with self._explained(values):
            rows = await self._executor.all(self._insert, values)
        return rows[0]

    async def change(
        self, row_id: object, values: Mapping[str, Any], *, versions: Versions = None
    ) -> Row | None:
        """The changed row, which is as it was where no value is given.

        None where there is none at one of the versions.
        """
        return await self._change(self._one_row(row_id, versions), row_id, values)

    async def remove(self, row_id: object, *, versions: Versions = None) -> bool:
        """Whether there was such a row, at one of the versions, and it is gone."""
        return await self._remove(self._one_row(row_id, versions), row_id)

    async def refusal(self, row_id: object) -> ApplicationError:
        """Why a write found no row."""
        return self.not_found() if await self.get(row_id) is None else self.stale()

    def stale(self) -> PreconditionFailedError:
        """The error for a row that is at another version."""
        return PreconditionFailedError("It has been changed since you read it.")

    def not_found(self) -> NotFoundError:
        """The error for a row that isn't there, or of which the caller may not know."""
        words = WORD_START.sub(" ", self.model.__name__).lower()
        return NotFoundError(f"There is no such {words}.")

    @classmethod
    def within(cls, attribute: str, value: object) -> Within:
        """The rows whose attribute has this value."""
        return having(cls.table.c[attribute], value)

    async def _change(
        self, where: Sequence[ColumnElement[bool]], row_id: object, values: Mapping[str, Any]
    ) -> Row | None:
        if not values:
            return await self._executor.one(self._rows.where(*where))
        written = {**values, **self._next_version}
        statement = update(self.table).where(*where).values(written)
        row = self.table.c.id == row_id
        async with self._explained(values):
            return await self._executor.backend.update(self._executor, statement, row, self._row)

    async def _remove(self, where: Sequence[ColumnElement[bool]], row_id: object) -> bool:
        try:
            return await self._delete(where, row_id)
        except DBAPIError as error:
            reason = await explain_delete(error, self.table, self._executor, row_id)
            raise (reason or error) from error

    async def _delete(self, where: Sequence[ColumnElement[bool]], row_id: object) -> bool:
        statement = delete(self.table).where(*where)
        if not set_null_references(self.table):
            return await self._executor.run(statement) > 0
        async with self._executor.together() as unit:
            found = select(self.table.c.id).where(*where).with_for_update()
            if await unit.one(found) is None:
                return False
            await count_set_null_writes(unit, self.table, row_id)
            return await unit.run(statement) > 0

    def _order(self, query: Paging) -> Order:
        asked = getattr(query, "sort", None)
        sort = asked if isinstance(asked, str) else self.default_sort
        column = self._columns[sort.removeprefix("-")]
        return Order(column, self.table.c.id, descending=sort.startswith("-"))

    def _one_row(self, row_id: object, versions: Versions) -> list[ColumnElement[bool]]:
        where = [self.table.c.id == row_id]
        return where if versions is None else [*where, self.table.c.version_.in_(versions)]

    @asynccontextmanager
    async def _explained(self, values: Mapping[str, Any]) -> AsyncGenerator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = await explain(error, self.table, self._executor, values)
            raise (reason or error) from error


@lru_cache(maxsize=REMEMBERED)
def one_of(rows: Select[Any], conditions: Conditions) -> Select[Any]:
    """The statement for a row of which all of that holds."""
    return rows.where(*conditions).limit(1)
