"""The bound on how long the database may take."""

import asyncio

import pytest
from sqlalchemy import literal, select

from app.database import GRACE, Database
from app.errors import DatabaseUnavailableError

CONNECTIONS = 3


async def test_whatever_takes_too_long_is_a_database_that_is_away(database: Database) -> None:
    await asyncio.gather(*(use_for_a_moment(database) for _ in range(CONNECTIONS)))
    impatient = Database(database.engine, timeout=0)
    with pytest.raises(DatabaseUnavailableError):
        async with asyncio.timeout(60 * GRACE), impatient.unit_of_work():
            await asyncio.Event().wait()

    for _ in range(CONNECTIONS):  # each comes from the pool in its turn
        await use_for_a_moment(database)


async def use_for_a_moment(database: Database) -> None:
    """Let a unit of work have a connection that no other has."""
    async with database.unit_of_work() as work:
        assert await work.one(select(literal(1).label("one"))) == {"one": 1}
        await asyncio.sleep(0)
