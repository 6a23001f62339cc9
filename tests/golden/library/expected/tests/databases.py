"""Databases for tests: made when they start, emptied between them, gone when they end.

They run on SQLite. With TEST_DATABASE_URL they run on that server, each worker in a database of its
own beside the one that is named.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.models import MODELS

METADATA = MODELS[0].metadata


@asynccontextmanager
async def worker_database(folder: Path) -> AsyncGenerator[str]:
    """The URL of an empty database of this worker's own; a SQLite file where no URL is given."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url is None:
        yield f"sqlite+aiosqlite:///{folder / 'test.db'}"
        return
    name = f"{make_url(url).database}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        await connection.execute(text(f'CREATE DATABASE "{name}"'))
        await connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    yield make_url(url).set(database=name).render_as_string(hide_password=False)
    async with server.connect() as connection:
        await connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    await server.dispose()


async def create_tables(engine: AsyncEngine) -> None:
    """Every table of the models."""
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)


async def empty_tables(engine: AsyncEngine) -> None:
    """Delete every row; the order does not matter, whatever points at whatever."""
    async with engine.connect() as connection:
        await connection.run_sync(EMPTY[engine.dialect.name])


def empty_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    for table in METADATA.tables.values():
        connection.execute(table.delete())
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def empty_postgresql(connection: Connection) -> None:
    """One statement, at whose end foreign keys are checked."""
    quote = connection.dialect.identifier_preparer.format_table
    parts = [
        f"t{number} AS (DELETE FROM {quote(table)})"
        for number, table in enumerate(METADATA.tables.values())
    ]
    connection.exec_driver_sql(f"WITH {', '.join(parts)} SELECT 1")


EMPTY = {"sqlite": empty_sqlite, "postgresql": empty_postgresql}
