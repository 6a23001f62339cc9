"""Makes the engine: what each kind of database needs to be told before its first statement."""

from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.database import Database
from app.settings import Settings

BUSY_MILLISECONDS = 1500
"""How long SQLite waits for another writer before it gives up."""


def open_database(settings: Settings) -> Database:
    """The database that the settings name; connections are opened when first needed."""
    return Database(make_engine(settings), settings.database_timeout_seconds)


def make_engine(settings: Settings) -> AsyncEngine:
    """An engine whose connections are in autocommit: a read pays for no BEGIN and no ROLLBACK.

    What a failed statement was given stays out of its error, and so out of the log.
    """
    url = make_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True)
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
        return engine
    return create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=settings.database_timeout_seconds,
        pool_recycle=1800,
        connect_args={"timeout": settings.database_timeout_seconds},
    )


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Enforce foreign keys, let readers go on beside a writer, and lower-case all of Unicode."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.close()
    connection.create_function("lower", 1, lower, deterministic=True)


def lower(value: str | None) -> str | None:
    """What SQL's `lower` means on the other engines; SQLite's own knows ASCII alone."""
    return value if value is None else str(value).lower()
