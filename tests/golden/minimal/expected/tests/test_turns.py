"""SQLite takes one write at a time; those of one process come in the order of their asking."""

import asyncio

from app.database import Database

WRITERS = 20


async def test_writers_take_turns(database: Database) -> None:
    written: list[int] = []

    async def write(number: int) -> None:
        async with database.unit_of_work():
            await asyncio.sleep(0.005)
            written.append(number)

    await asyncio.gather(*map(write, range(WRITERS)))
    assert written == list(range(WRITERS))
