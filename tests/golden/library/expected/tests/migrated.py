"""A database for the migrations to build."""

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()"
"""What the database says of its indexes."""


@contextmanager
def empty_database(_folder: Path) -> Generator[str]:
    """The URL of an empty database beside that of TEST_DATABASE_URL; without it, tests skip."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given is None:
        pytest.skip("the migrations are for PostgreSQL, and TEST_DATABASE_URL is not set")
    server = make_url(given)
    name = f"migrated_{uuid4().hex}"
    asyncio.run(execute(server, f'CREATE DATABASE "{name}"'))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def execute(url: URL, statement: str) -> None:
    """Run a statement that no transaction may hold."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
