"""SQLite: a file, which one connection at a time may write to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Table, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeEngine

from app.backends.base import Backend, Violation, constraints, names, roll_back

if TYPE_CHECKING:
    from app.settings import Settings

BUSY_SHARE = 0.75
"""Of the time that the database has to answer: so long SQLite waits for another writer."""

KINDS = {
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "reference",
    "SQLITE_CONSTRAINT_TRIGGER": "reference",
    "SQLITE_CONSTRAINT_CHECK": "check",
}
"""Extended result code, and the kind of constraint."""

AWAY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR")


class TextJson(sqlite.JSON):
    """JSON in a column of text. Of one called JSON, SQLite makes numbers: 1 of 1.0."""

    __visit_name__ = "TEXT"
    length = collation = collation_schema = None


class SQLite(Backend):
    """SQLite through aiosqlite."""

    driver = "aiosqlite"

    def json(self) -> TypeEngine[Any]:
        return TextJson(none_as_null=True)

    def create_engine(self, url: URL, settings: Settings) -> AsyncEngine:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True)
        patience = round(BUSY_SHARE * settings.database_timeout_seconds * 1000)

        @event.listens_for(engine.sync_engine, "connect")
        def connected(connection: Any, _record: object) -> None:
            prepare(connection, patience)

        return engine

    @asynccontextmanager
    async def transaction(self, engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
        async with engine.connect() as connection:
            # A deferred transaction could not be upgraded once another had written.
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                await roll_back(connection)
                raise
            await connection.exec_driver_sql("COMMIT")

    def turns(self) -> AbstractAsyncContextManager[Any]:
        # SQLite itself lets whoever asks at the right moment write: somebody may never come to it.
        return asyncio.Lock()

    def is_unavailable(self, error: DBAPIError) -> bool:
        return code(error).startswith(AWAY)

    def violation(self, error: DBAPIError, table: Table) -> Violation | None:
        kind = KINDS.get(code(error))
        return Violation(kind, named(str(error.driver_exception), table)) if kind else None


def prepare(connection: Any, patience: int) -> None:
    """Enforce foreign keys, let readers go on beside a writer, and lower-case all of Unicode.

    `patience` is how long it waits for another writer, in milliseconds.
    """
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute(f"PRAGMA busy_timeout = {patience}")
    cursor.close()
    connection.create_function("lower", 1, lower, deterministic=True)


def lower(value: str | None) -> str | None:
    """What SQL's `lower` means on the other engines; SQLite's own knows ASCII alone."""
    return value if value is None else str(value).lower()


def code(error: DBAPIError) -> str:
    """The name of the result code; none where the error is not SQLite's."""
    return getattr(error.driver_exception, "sqlite_errorname", "")


def named(message: str, table: Table) -> list[str]:
    """The columns that a message ends with, be it themselves or through a constraint.

    For a foreign key SQLite names nothing.
    """
    for item in constraints(table):
        columns = ", ".join(f"{table.name}.{column.name}" for column in item.columns)
        if message.endswith((f": {columns}", f": {item.name}")):
            return names(item.columns)
    return []
