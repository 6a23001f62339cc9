"""What is looked at once a second, for as long as the application runs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from time import perf_counter

from fastapi import FastAPI
from sqlalchemy import Pool
from sqlalchemy.pool import QueuePool

from app.metrics.instruments import CONNECTIONS, LAG, MOST_CONNECTIONS

INTERVAL_SECONDS = 1.0


@asynccontextmanager
async def sample(app: FastAPI) -> AsyncGenerator[None]:
    """Look at the event loop and at the pool of connections, until the block ends."""
    pool: Pool = app.state.database.engine.pool
    task = asyncio.create_task(sample_for_ever(pool))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def sample_for_ever(pool: Pool) -> None:
    """The lag is how much later than asked for the loop goes on."""
    while True:
        look_at(pool)
        started = perf_counter()
        await asyncio.sleep(INTERVAL_SECONDS)
        LAG.set(perf_counter() - started - INTERVAL_SECONDS)


def look_at(pool: Pool) -> None:
    """How many connections there are, and what for; of a pool that counts them."""
    if isinstance(pool, QueuePool):
        CONNECTIONS.labels("used").set(pool.checkedout())
        CONNECTIONS.labels("idle").set(pool.checkedin())
        MOST_CONNECTIONS.set(pool.size())
