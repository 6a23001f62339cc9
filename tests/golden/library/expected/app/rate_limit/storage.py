"""Where requests are counted: in Redis, for all workers and machines together."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from limits.aio.storage import MemoryStorage, RedisStorage, Storage

from app.redis import open_pool
from app.settings import Settings


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncGenerator[Storage]:
    """The counts in Redis; without a `REDIS_URL`, those of this worker alone."""
    if settings.redis_url is None:
        yield MemoryStorage()
        return
    async with open_pool(settings.redis_url, settings.redis_timeout_seconds) as pool:
        yield RedisStorage(
            "async+redis://",
            implementation="redispy",
            connection_pool=pool,  # type: ignore[arg-type]  # it is typed for plain values alone
        )
