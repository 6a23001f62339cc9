"""Databases for tests: made when they start, emptied between them, gone when they end."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from app.models import MODELS

METADATA = MODELS[0].metadata


@asynccontextmanager
async def worker_database(folder: Path) -> AsyncGenerator[str]:
    """The URL of an empty database, a file in the folder."""
    yield f"sqlite+aiosqlite:///{folder / 'test.db'}"


async def create_tables(engine: AsyncEngine) -> None:
    """Every table of the models."""
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)


async def empty_tables(engine: AsyncEngine) -> None:
    """Delete every row; the order does not matter, whatever points at whatever."""
    async with engine.connect() as connection:
        await connection.run_sync(empty_sqlite)


def empty_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    for table in METADATA.tables.values():
        connection.execute(table.delete())
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")
