"""How a PostgreSQL database is migrated: by one replica at a time, revision by revision."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Inspector, NullPool, Table, event, text
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.types import TypeEngine

LOCK = 5_210_704_711
"""The advisory lock of whoever migrates: any number that all replicas agree on."""

WAIT_SECONDS = 300
"""How long a replica waits for another one to finish."""

LOCK_TIMEOUT = "10s"
"""How long a statement waits for a table in use: while it waits, it holds up everyone else."""


class MigrationLockedError(Exception):
    """Another replica has been migrating for too long."""


def open_engine(url: str) -> AsyncEngine:
    """An engine for one connection."""
    return create_async_engine(
        url,
        poolclass=NullPool,
        connect_args={"server_settings": {"lock_timeout": LOCK_TIMEOUT}},
    )


def type_text(kind: TypeEngine[Any], imports: set[str]) -> str:
    """How a revision says a type."""
    if not type(kind).__module__.startswith("sqlalchemy.dialects.postgresql"):
        return f"sa.{kind!r}"
    imports.add("from sqlalchemy.dialects import postgresql")
    return f"postgresql.{kind!r}"


@event.listens_for(Table, "column_reflect")
def name_sequence(_inspector: Inspector, _table: Table, column: ReflectedColumn) -> None:
    """Undo the quoting of a sequence's name, which Alembic looks up as it finds it."""
    default = column["default"]
    if default and default.startswith("nextval("):
        column["default"] = default.replace("''", "'")


@contextmanager
def exclusively(connection: Connection) -> Generator[None]:
    """Hold the lock of whoever migrates, until the connection closes.

    Raises `MigrationLockedError`. It asks for the lock again and again, since a session that
    waits for one would deadlock with CREATE INDEX CONCURRENTLY in another.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while not take_lock(connection):
        if time.monotonic() > deadline:
            raise MigrationLockedError(f"another migration has run for {WAIT_SECONDS} seconds")
        time.sleep(0.5)
    yield


def take_lock(connection: Connection) -> bool:
    """Try to take the lock."""
    taken = connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK})
    connection.commit()
    return bool(taken)
