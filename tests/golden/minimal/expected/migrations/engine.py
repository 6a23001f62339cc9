"""How a SQLite database is migrated: by one process at a time, all of it or nothing."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, NullPool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.types import TypeEngine

import migrations.tables  # noqa: F401 (teaches Alembic to keep what a table has)

WAIT_SECONDS = 60
"""How long to wait for another writer, which may be another process that migrates."""


class BrokenReferenceError(Exception):
    """A migration left rows that refer to rows which don't exist; nothing has been changed."""


def open_engine(url: str) -> AsyncEngine:
    """An engine that leaves BEGIN and COMMIT to `exclusively`."""
    return create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": WAIT_SECONDS},
    )


def type_text(kind: TypeEngine[Any], _imports: set[str]) -> str:
    """How a revision says a type; JSON is text on SQLite."""
    return "sa.Text()" if kind.__visit_name__ == "TEXT" else f"sa.{kind!r}"


@contextmanager
def exclusively(connection: Connection) -> Generator[None]:
    """One transaction around all revisions. Raises `BrokenReferenceError` at its end.

    Foreign keys are checked only then: altering a table means to make it anew, and dropping the
    old one while they are enforced would delete the rows that refer to it.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    yield
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        rows = ", ".join(f"{row[0]} (row {row[1]}) to {row[2]}" for row in broken[:10])
        raise BrokenReferenceError(f"{len(broken)} broken references, among them: {rows}")
    connection.exec_driver_sql("COMMIT")
