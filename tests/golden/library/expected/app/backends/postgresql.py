"""PostgreSQL, which says by name what was violated."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, String, Table, Text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.backends.base import Backend, FastPath, Violation, constraints, names
from app.backends.fast_path import DriverPath

if TYPE_CHECKING:
    from app.settings import Settings

COLLATION = "C"
RECYCLE_SECONDS = 1800

NOTHING_KEPT = {
    "statement_cache_size": 0,
    "prepared_statement_cache_size": 0,
    "prepared_statement_name_func": lambda: "",
}
"""For asyncpg and SQLAlchemy: a statement has no name, and is gone with the next one."""

KINDS = {"23505": "unique", "23503": "reference", "23514": "check"}
"""SQLSTATE, and the kind of constraint."""

AWAY = ("080", "40", "53", "57", "55P03")
"""Classes of SQLSTATE: connection, deadlock, resources, operator intervention; a lock's timeout."""


class PostgreSQL(Backend):
    """PostgreSQL through asyncpg."""

    driver = "asyncpg"
    returns_decimals = True

    def text(self, length: int) -> String:
        return String(length, collation=COLLATION)

    def long_text(self) -> String:
        return Text(collation=COLLATION)

    def lower(self, text: str) -> str:
        # What is ordered by code point would be taken for ASCII.
        return f'lower({text} COLLATE "und-x-icu")'

    def create_engine(self, url: URL, settings: Settings) -> AsyncEngine:
        return create_async_engine(
            url,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            pool_size=settings.database_pool_size,
            max_overflow=0,
            pool_timeout=settings.database_timeout_seconds,
            pool_recycle=RECYCLE_SECONDS,
            connect_args={"timeout": settings.database_timeout_seconds, **kept(settings)},
        )

    def fast_path(self, engine: AsyncEngine, settings: Settings) -> FastPath:
        # It is fast by statements that stay prepared.
        is_on = settings.database_fast_path and settings.database_prepared_statements
        return DriverPath(engine) if is_on else FastPath()

    @asynccontextmanager
    async def transaction(self, engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
        transactional = engine.execution_options(isolation_level="READ COMMITTED")
        async with transactional.begin() as connection:
            yield connection

    def breaker(self, connection: Any) -> Callable[[], None]:
        cut: Callable[[], None] = connection.terminate
        return cut

    def is_unavailable(self, error: DBAPIError) -> bool:
        return state(error).startswith(AWAY)

    def violation(self, error: DBAPIError, table: Table) -> Violation | None:
        kind, driver_error = KINDS.get(state(error)), error.driver_exception
        if kind is None:
            return None
        name = getattr(driver_error, "constraint_name", "")
        return Violation(kind, named(name, table), getattr(driver_error, "table_name", None))


def kept(settings: Settings) -> Mapping[str, Any]:
    """What a connection keeps at the server, where it has the server's connection to itself."""
    if settings.database_prepared_statements:
        return {"server_settings": limits(settings.database_timeout_seconds)}
    return NOTHING_KEPT


def limits(seconds: float) -> dict[str, str]:
    """What the server gives up by itself: nobody waits for it longer, and none of it is stored."""
    milliseconds = str(int(seconds * 1000))
    return {
        "statement_timeout": milliseconds,
        "idle_in_transaction_session_timeout": milliseconds,
    }


def named(constraint: str, table: Table) -> list[str]:
    """The columns of a constraint or unique index."""
    found = (item for item in constraints(table) if item.name == constraint)
    return next((names(item.columns) for item in found), [])


def state(error: DBAPIError) -> str:
    """The SQLSTATE; none where the server said nothing."""
    return getattr(error.driver_exception, "sqlstate", None) or ""
