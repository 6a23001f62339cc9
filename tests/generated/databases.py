"""Databases for generated projects: a file, or one on a server that the environment names."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from generated.cluster import Software, is_required, url_variable
from generator.spec.model import Engine

CREATE = {
    "postgresql": "CREATE DATABASE {}",
    "mariadb": "CREATE DATABASE {} CHARACTER SET utf8mb4",
}
"""As a generated project makes the databases of its own tests, whatever the server's default is."""
DROP = {"postgresql": "DROP DATABASE {} WITH (FORCE)", "mariadb": "DROP DATABASE {}"}


@contextmanager
def empty_database(engine: Engine, folder: Path) -> Iterator[str]:
    """The URL of a database with nothing in it, gone at the end."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / uuid4().hex}.db"
        return
    with database_on(server_url(engine)) as url:
        yield url


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """A new database on a server."""
    url, name = sa.make_url(server), f"proof_{uuid4().hex}"
    ask(server, CREATE[url.get_backend_name()].format(name))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        ask(server, DROP[url.get_backend_name()].format(name))


def server_url(engine: Software) -> str:
    """The server of the tests; without one they skip, or fail where the engine is required."""
    url = os.environ.get(url_variable(engine))
    if url is None:
        missing(engine, f"{url_variable(engine)} is not set")
    return url


def missing(engine: Software, reason: str) -> NoReturn:
    """What a test cannot do without isn't there."""
    if is_required(engine):
        pytest.fail(f"{engine} is required: {reason}")
    pytest.skip(reason)


def ask(url: str, statement: str) -> Sequence[sa.Row[Any]]:
    """Every row that a statement of its own answers."""

    async def run() -> Sequence[sa.Row[Any]]:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        async with engine.connect() as connection:
            result = await connection.exec_driver_sql(statement)
            return result.all() if result.returns_rows else []

    return asyncio.run(run())


def tables(url: str) -> set[str]:
    """The names of the tables of a database."""

    async def run() -> set[str]:
        engine = create_async_engine(url, poolclass=sa.NullPool)
        async with engine.connect() as connection:
            return set(await connection.run_sync(lambda c: sa.inspect(c).get_table_names()))

    return asyncio.run(run())
