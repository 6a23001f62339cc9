"""The bound on how long the database may take."""

import asyncio

import pytest
from sqlalchemy import literal, select

from app.database import GRACE, Database
from app.errors import DatabaseUnavailableError


async def test_whatever_takes_too_long_is_a_database_that_is_away(database: Database) -> None:
    impatient = Database(database.engine, timeout=0)
    with pytest.raises(DatabaseUnavailableError):
        async with asyncio.timeout(60 * GRACE), impatient.unit_of_work():
            await asyncio.Event().wait()

    await database.ping()
    assert await database.one(select(literal(1).label("one"))) == {"one": 1}
