"""The connections of a service as its database sees them, and what keeps them waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from generated.databases import ask
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

CUT = {
    "postgresql": """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
    """,
    "mariadb": """
        BEGIN NOT ATOMIC
            FOR other IN (
                SELECT id FROM information_schema.processlist
                WHERE id <> connection_id() AND db = database()
            ) DO KILL other.id; END FOR;
        END
    """,
}
"""Ends every connection but the one that says so."""
OPEN = {
    "postgresql": """
        SELECT state = 'active' FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND datname = current_database()
    """,
    "mariadb": """
        SELECT command <> 'Sleep' FROM information_schema.processlist
        WHERE id <> connection_id() AND db = database()
    """,
}
"""For every connection but the one that asks, whether a statement runs on it."""
LOCK_TABLE = {
    "postgresql": "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
    "mariadb": "LOCK TABLES {} WRITE",
}


def kind(url: str) -> str:
    """Which engine a URL is of."""
    return sa.make_url(url).get_backend_name()


def cut(url: str) -> None:
    """End every connection to a database."""
    ask(url, CUT[kind(url)])


def opened(url: str) -> int:
    """How many connections a database has."""
    return len(ask(url, OPEN[kind(url)]))


def busy(url: str) -> int:
    """How many of them run a statement, or wait in one."""
    return sum(bool(runs) for (runs,) in ask(url, OPEN[kind(url)]))


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    """A table that nobody else can read or write until the end of the block."""
    with holding(url, LOCK_TABLE[kind(url)].format(table)):
        yield


@contextmanager
def holding(url: str, statement: str) -> Iterator[None]:
    """A transaction from outside, which has run a statement and goes on until the block ends."""
    with asyncio.Runner() as runner:
        connection = runner.run(begin(url, statement))
        try:
            yield
        finally:
            runner.run(end(connection))


async def begin(url: str, statement: str) -> AsyncConnection:
    """A connection of its own, in a transaction."""
    connection = await create_async_engine(
        url, poolclass=sa.NullPool, isolation_level="READ COMMITTED"
    ).connect()
    await connection.exec_driver_sql(statement)
    return connection


async def end(connection: AsyncConnection) -> None:
    """Let go of whatever it holds."""
    await connection.invalidate()
    await connection.close()
