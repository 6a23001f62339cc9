"""All workers count together, and a Redis that is away stops nothing but guesses.

What needs a Redis runs against that of `TEST_REDIS_URL`.
"""

import os
from secrets import randbits

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.database import Database
from app.rate_limit import guard
from app.settings import Settings
from tests.rate_limit.fixtures import caller, running

NOWHERE = "/no/such/path"
AWAY = SecretStr("redis://127.0.0.1:1/0")
"""Nobody listens there."""


@pytest.fixture
def shared() -> SecretStr:
    """The URL of a Redis."""
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        pytest.skip("TEST_REDIS_URL names no Redis")
    return SecretStr(url)


async def ask(app: FastAPI, times: int, address: str = "192.0.2.1") -> list[int]:
    async with caller(app, address) as client:
        return [(await client.get(NOWHERE)).status_code for _ in range(times)]


async def test_two_workers_count_together(
    settings: Settings, database: Database, shared: SecretStr
) -> None:
    async with (
        running(settings, redis_url=shared) as one,
        running(settings, redis_url=shared) as two,
    ):
        nobody = f"2001:db8:{randbits(16):x}:{randbits(16):x}::1"  # who has never asked before
        assert await ask(one, 3, nobody) + await ask(two, 4, nobody) == [404] * 6 + [429]


async def test_while_redis_is_away_requests_are_answered(
    settings: Settings, database: Database
) -> None:
    async with running(settings, redis_url=AWAY) as app:
        assert await ask(app, 10) == [404] * 10


async def test_while_redis_is_away_what_is_strict_is_refused(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "STRICT", {"only_here"})
    async with running(settings, redis_url=AWAY) as app:

        @app.get("/only-here")
        async def only_here() -> None: ...

        async with caller(app) as client:
            answer = await client.get("/only-here")
    assert answer.status_code == 503
    assert answer.json()["code"] == "limits-unavailable"
    assert answer.headers["retry-after"] == "1"
