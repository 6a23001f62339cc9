"""Real databases for the tests of migrations, and what can be read back from one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from generated import databases
from sqlalchemy.ext.asyncio import create_async_engine

from generator.spec.model import Engine

ResultT = TypeVar("ResultT")
Use = Callable[[sa.Connection], ResultT]

ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql", "mariadb")


@contextmanager
def empty_database(engine: Engine, folder: Path) -> Iterator[sa.URL]:
    """An empty database of an engine, gone at the end; without a server the test skips."""
    with databases.empty_database(engine, folder) as url:
        yield sa.make_url(url)


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
        "indexes": {index["name"]: _index(index) for index in inspector.get_indexes(name)},
        "checks": _named(inspector.get_check_constraints(name)),
    }


def _index(index: Any) -> dict[str, Any]:
    """What is said of an index, the condition of a partial one as text: clauses don't compare."""
    options = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def _named(items: Any) -> dict[str, Any]:
    return {item["name"]: item for item in items}
