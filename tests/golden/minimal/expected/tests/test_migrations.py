"""The migrations build what the models say, and each of them can be taken back."""

import asyncio
import io
from collections.abc import Generator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.settings import load_settings
from tests.databases import create_tables
from tests.migrated import INDEXES, empty_database

PROJECT = Path(__file__).parent.parent


@pytest.fixture
def database_url(tmp_path: Path) -> Generator[str]:
    """An empty database of the engine that the migrations are for."""
    with empty_database(tmp_path) as url:
        yield url


@pytest.fixture
def config(database_url: str) -> Config:
    """Alembic's configuration, pointed at the empty database."""
    config = Config(PROJECT / "alembic.ini", stdout=io.StringIO())
    config.attributes["database_url"] = database_url
    return config


def test_migrations_build_what_the_models_say(config: Config) -> None:
    command.upgrade(config, "head")

    command.check(config)


def test_indexes_are_those_of_the_models(config: Config, database_url: str) -> None:
    command.upgrade(config, "head")
    migrated = asyncio.run(indexes(database_url))

    command.downgrade(config, "base")
    asyncio.run(create(database_url))

    assert asyncio.run(indexes(database_url)) == migrated


def test_downgrade_leaves_nothing(config: Config, database_url: str) -> None:
    command.upgrade(config, "head")

    command.downgrade(config, "base")

    assert asyncio.run(tables(database_url)) == {"alembic_version"}


def test_each_revision_can_be_taken_back(config: Config) -> None:
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    for revision in reversed([script.revision for script in scripts]):
        command.upgrade(config, revision)
        command.downgrade(config, "-1")
        command.upgrade(config, revision)

    command.check(config)


async def create(url: str) -> None:
    """Every table as the models say it."""
    engine = create_async_engine(url)
    await create_tables(engine)
    await engine.dispose()


async def indexes(url: str) -> set[str]:
    """Every index of a database with its condition, which `alembic check` does not compare."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.scalars(text(INDEXES))
    await engine.dispose()
    return {" ".join(index.replace('"', "").split()) for index in found}


async def tables(url: str) -> set[str]:
    """The names of all tables of a database."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return set(names)


def test_wrong_settings_are_told_in_a_line(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    del config.attributes["database_url"]
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    load_settings.cache_clear()

    with pytest.raises(CommandError, match="DATABASE_URL: "):
        command.upgrade(config, "head")
