"""The database that the settings name, and whether the service can work on it."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from app.database import Database
from app.engine import open_database, require_tables
from app.settings import ConfigurationError, Settings


async def test_a_database_with_every_table_is_usable(database: Database) -> None:
    await require_tables(database)


async def test_a_database_without_tables_is_told_what_to_do(
    settings: Settings, tmp_path: Path
) -> None:
    empty = SecretStr(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    database = open_database(settings.model_copy(update={"database_url": empty}))
    with pytest.raises(ConfigurationError, match="make migrate"):
        await require_tables(database)
    await database.engine.dispose()


async def test_sqlite_waits_for_a_writer_for_most_of_the_time_that_it_has(
    settings: Settings, tmp_path: Path
) -> None:
    url = SecretStr(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    changes = {"database_url": url, "database_timeout_seconds": 4.0}
    database = open_database(settings.model_copy(update=changes))
    assert await database.one(text("PRAGMA busy_timeout")) == {"timeout": 3000}
    await database.engine.dispose()
