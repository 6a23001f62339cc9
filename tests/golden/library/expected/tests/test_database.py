"""The bound on how long the database may take."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import event, literal, select

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


async def test_a_connection_on_which_something_was_given_up_is_not_used_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An answer may be half read: who asked for it was cancelled, and did not wait for the rest.
    monkeypatch.setattr(type(database.backend), "breaker", lambda *_: lambda: None)
    thrown_away: list[object] = []
    pool, note = database.engine.sync_engine.pool, lambda *given: thrown_away.append(given)
    begun = asyncio.Event()

    async def work() -> None:
        async with database.unit_of_work() as unit:
            await unit.one(select(literal(1)))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await begun.wait()
    event.listen(pool, "invalidate", note)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    event.remove(pool, "invalidate", note)
    assert thrown_away
    await use_for_a_moment(database)


async def use_for_a_moment(database: Database) -> None:
    """Let a unit of work have a connection that no other has."""
    async with database.unit_of_work() as work:
        assert await work.one(select(literal(1).label("one"))) == {"one": 1}
        await asyncio.sleep(0)
