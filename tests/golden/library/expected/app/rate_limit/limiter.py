"""Counts requests in sliding windows, and tells where somebody stands."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from math import ceil
from time import monotonic, time
from typing import NamedTuple

import structlog
from fastapi import FastAPI
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from app.rate_limit.storage import open_storage
from app.rate_limit.strict import STRICT
from app.settings import Settings

PAUSE_SECONDS = 1.0
"""How long a storage that was away is not asked again."""

log = structlog.get_logger("app.rate_limit")


class Limit(NamedTuple):
    """So many requests in so much time, by the name that clients read."""

    name: str
    rate: RateLimitItem


class Standing(NamedTuple):
    """Where somebody stands with a limit, their last request included."""

    limit: Limit
    is_admitted: bool
    remaining: int
    reset_seconds: int
    """When there is room for one more."""


class Limiter:
    """Counts requests against the limits of the settings."""

    def __init__(self, storage: Storage, settings: Settings) -> None:
        self._storage = storage
        self._windows = SlidingWindowCounterRateLimiter(storage)
        self._overall = Limit("overall", parse(settings.rate_limit_overall))
        self._route = Limit("route", parse(settings.rate_limit_route))
        self._strict = Limit("strict", parse(settings.rate_limit_strict))
        self._ask_at = 0.0

    async def count_request(self, subject: str) -> Standing | None:
        """Count a request of any kind; None where that can't be done."""
        return await self._count(self._overall, subject)

    async def count_operation(self, subject: str, operation: str) -> Standing | None:
        """Count a request for an operation; None where that can't be done."""
        limit = self._strict if operation in STRICT else self._route
        return await self._count(limit, subject, operation)

    async def _count(self, limit: Limit, *key: str) -> Standing | None:
        """Count one; while the counts are away, nobody waits for them."""
        if monotonic() < self._ask_at:
            return None
        try:
            return await self._stand(limit, *key)
        except errors_of(self._storage) as error:
            self._ask_at = monotonic() + PAUSE_SECONDS
            log.warning("requests are not counted", error=type(error).__name__)
            return None

    async def _stand(self, limit: Limit, *key: str) -> Standing:
        is_admitted = await self._windows.hit(limit.rate, limit.name, *key)
        window = await self._windows.get_window_stats(limit.rate, limit.name, *key)
        seconds = max(1, ceil(window.reset_time - time()))
        return Standing(limit, is_admitted, window.remaining, seconds)


def errors_of(storage: Storage) -> tuple[type[Exception], ...]:
    """What a storage raises while it is away."""
    errors = storage.base_exceptions
    return (OSError, *errors) if isinstance(errors, tuple) else (OSError, errors)


@asynccontextmanager
async def open_limits(app: FastAPI) -> AsyncGenerator[None]:
    """Count requests for as long as the application runs."""
    settings: Settings = app.state.settings
    async with open_storage(settings) as storage:
        app.state.limiter = Limiter(storage, settings)
        yield
