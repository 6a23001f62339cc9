"""Databases for generated projects: a file, or one on the PostgreSQL that the environment names."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import asyncpg
import pytest
import sqlalchemy as sa

from generated.cluster import URL_VARIABLE
from generator.spec.model import Engine

REQUIRED_VARIABLE = "SCAFFOLD_REQUIRE_ENGINES"


@contextmanager
def empty_database(engine: Engine, folder: Path) -> Iterator[str]:
    """The URL of a database with nothing in it, gone at the end."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / uuid4().hex}.db"
        return
    with database_on(server_url()) as url:
        yield url


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """A new database on a server."""
    name = f"proof_{uuid4().hex}"
    ask(server, f"CREATE DATABASE {name}")
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        ask(server, f"DROP DATABASE {name} WITH (FORCE)")


def server_url() -> str:
    """The PostgreSQL of the tests; without one they skip, or fail where it is required."""
    url = os.environ.get(URL_VARIABLE)
    if url is None:
        missing(f"{URL_VARIABLE} is not set")
    return url


def missing(reason: str) -> NoReturn:
    """What a test cannot do without isn't there."""
    if "postgresql" in os.environ.get(REQUIRED_VARIABLE, ""):
        pytest.fail(f"PostgreSQL is required: {reason}")
    pytest.skip(reason)


def ask(url: str, statement: str) -> list[asyncpg.Record]:
    """Every row that a statement of its own answers."""

    async def run() -> list[asyncpg.Record]:
        plain = sa.make_url(url).set(drivername="postgresql")
        connection = await asyncpg.connect(plain.render_as_string(hide_password=False))
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    return asyncio.run(run())


def tables(url: str) -> set[str]:
    """The names of the tables of a database."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url.replace("+aiosqlite", ""), poolclass=sa.NullPool)
        return set(sa.inspect(engine).get_table_names())
    rows = ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {row["tablename"] for row in rows}
