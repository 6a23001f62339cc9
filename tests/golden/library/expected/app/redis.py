"""Connections to Redis, which are few, quick to give up, and made again where one breaks."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pydantic import SecretStr
from redis.asyncio import BlockingConnectionPool

from app.settings import ConfigurationError, Settings

MAX_CONNECTIONS = 20
"""Of one worker: a request that needs one more waits for it."""


def make_pool(url: SecretStr, timeout_seconds: float) -> BlockingConnectionPool:
    """A pool of connections, none of them made before it is needed."""
    pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
        url.get_secret_value(),
        max_connections=MAX_CONNECTIONS,
        timeout=timeout_seconds,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
    )
    return pool


@asynccontextmanager
async def open_pool(
    url: SecretStr, timeout_seconds: float
) -> AsyncGenerator[BlockingConnectionPool]:
    """A pool of connections, each cut when it is over."""
    pool = make_pool(url, timeout_seconds)
    try:
        yield pool
    finally:
        await pool.disconnect()


def require_redis(settings: Settings) -> None:
    """Raises `ConfigurationError` in production without one: there, what all workers share is not
    left to each of them.
    """
    if settings.environment == "production" and settings.redis_url is None:
        raise ConfigurationError("REDIS_URL must be set in production: redis://host:6379/0")
