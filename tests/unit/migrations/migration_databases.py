"""Real databases for the tests of migrations, and what can be read back from one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.ext.asyncio import create_async_engine

from generator.spec.model import Engine

ResultT = TypeVar("ResultT")
Use = Callable[[sa.Connection], ResultT]

ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")


@contextmanager
def empty_database(engine: Engine, folder: Path) -> Iterator[sa.URL]:
    """An empty database of an engine, gone at the end; without a server the test skips."""
    if engine == "sqlite":
        yield sa.make_url(f"sqlite+aiosqlite:///{folder / uuid4().hex}.db")
        return
    server = _server(engine)
    name = f"mig_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _server(engine: Engine) -> sa.URL:
    variable = f"SCAFFOLD_{engine.upper()}_URL"
    url = os.environ.get(variable)
    if url is not None:
        return sa.make_url(url)
    if engine in os.environ.get("SCAFFOLD_REQUIRE_ENGINES", ""):
        pytest.fail(f"{engine} is required, and {variable} is not set")
    pytest.skip(f"{variable} is not set")


def _administer(server: sa.URL, statement: str) -> None:
    def run(connection: sa.Connection) -> None:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(statement)

    in_database(server, run)


def in_database(url: sa.URL, use: Use[ResultT]) -> ResultT:
    """Use a connection of its own, in one transaction; SQLite does not enforce foreign keys."""

    async def run() -> ResultT:
        engine = create_async_engine(url, poolclass=sa.NullPool)
        try:
            async with engine.connect() as connection:
                result = await connection.run_sync(use)
                await connection.commit()
                return result
        finally:
            await engine.dispose()

    return asyncio.run(run())


def step(connection: sa.Connection, text: str, direction: str) -> None:
    """Run `upgrade` or `downgrade` of the text of a revision."""
    module: dict[str, Any] = {}
    exec(compile(text, "revision.py", "exec"), module)
    with Operations.context(MigrationContext.configure(connection)):
        module[direction]()


def reflected(connection: sa.Connection) -> dict[str, Any]:
    """All that the database says of its tables."""
    inspector = sa.inspect(connection)
    return {name: _table(inspector, name) for name in inspector.get_table_names()}


def _table(inspector: sa.Inspector, name: str) -> dict[str, Any]:
    columns = [(c["name"], repr(c["type"]), c["nullable"]) for c in inspector.get_columns(name)]
    return {
        "columns": columns,
        "primary key": inspector.get_pk_constraint(name),
        "foreign keys": _named(inspector.get_foreign_keys(name)),
        "uniques": _named(inspector.get_unique_constraints(name)),
        "indexes": _named(inspector.get_indexes(name)),
        "checks": _named(inspector.get_check_constraints(name)),
    }


def _named(items: Any) -> dict[str, Any]:
    return {item["name"]: item for item in items}
