"""Tries are counted exactly, however many come at once, and no longer than they should be."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.auth import throttle as module
from app.auth.throttle import ATTEMPTS, Limit, Throttle
from app.clock import utc_now
from app.database import Database
from app.errors import TooManyRequestsError
from app.settings import Settings

ADA, BOB = "ada@example.com", "bob@example.com"
HERE, THERE = "192.0.2.1", "192.0.2.2"
WINDOW = 60


@pytest.fixture
def throttle(database: Database, settings: Settings) -> Throttle:
    """Three tries at an account, five from an address, in a minute."""
    limits = {
        "login_attempts_per_account": 3,
        "login_attempts_per_address": 5,
        "login_window_seconds": WINDOW,
    }
    return Throttle(database, settings.model_copy(update=limits))


async def passes(throttle: Throttle, email: str, address: str) -> bool:
    try:
        await throttle.login(email, address)
    except TooManyRequestsError:
        return False
    return True


def let_pass(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    later = utc_now() + timedelta(seconds=seconds)
    monkeypatch.setattr(module, "utc_now", lambda: later)


async def test_an_account_is_limited_from_every_address(throttle: Throttle) -> None:
    assert [await passes(throttle, ADA, f"192.0.2.{n}") for n in range(4)] == [True] * 3 + [False]


async def test_an_address_is_limited_at_every_account(throttle: Throttle) -> None:
    tries = [await passes(throttle, f"u{n}@example.com", HERE) for n in range(6)]
    assert tries == [True] * 5 + [False]


async def test_others_are_not_affected(throttle: Throttle) -> None:
    for _ in range(4):
        await passes(throttle, ADA, HERE)
    assert await passes(throttle, BOB, THERE)


async def test_of_many_at_once_as_many_pass_as_the_limit_says(throttle: Throttle) -> None:
    tries = await asyncio.gather(*(passes(throttle, ADA, f"192.0.2.{n}") for n in range(20)))
    assert sum(tries) == 3


async def test_the_refusal_says_when_to_come_back(
    throttle: Throttle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await throttle.login(ADA, HERE)
    with pytest.raises(TooManyRequestsError) as refusal:
        await throttle.login(ADA, HERE)
    seconds = int(refusal.value.headers["Retry-After"])
    assert WINDOW - 5 <= seconds <= WINDOW
    let_pass(monkeypatch, seconds + 1)
    assert await passes(throttle, ADA, HERE)


async def test_refused_tries_do_not_put_it_off(
    throttle: Throttle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await throttle.login(ADA, HERE)
    let_pass(monkeypatch, WINDOW / 2)
    assert not await passes(throttle, ADA, THERE)
    let_pass(monkeypatch, WINDOW + 1)
    assert await passes(throttle, ADA, THERE)


async def test_success_clears_the_account(throttle: Throttle) -> None:
    for _ in range(3):
        await throttle.login(ADA, HERE)
    await throttle.login_succeeded(ADA, HERE)
    assert await passes(throttle, ADA, HERE)


async def test_success_clears_no_more_than_one_try_of_the_address(throttle: Throttle) -> None:
    for n in range(5):
        await throttle.login(f"u{n}@example.com", HERE)
    await throttle.login_succeeded("u0@example.com", HERE)
    assert await passes(throttle, ADA, HERE)
    assert not await passes(throttle, BOB, HERE)


async def test_logging_in_often_is_no_offence(throttle: Throttle) -> None:
    for _ in range(10):
        await throttle.login(ADA, HERE)
        await throttle.login_succeeded(ADA, HERE)


async def test_what_no_longer_counts_is_forgotten(
    throttle: Throttle, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await throttle.login(ADA, HERE)
    let_pass(monkeypatch, WINDOW + 1)
    await throttle.login(BOB, THERE)
    await throttle.login_succeeded(BOB, THERE)
    assert len(await database.all(select(ATTEMPTS.c.id))) == 1


async def test_nothing_stored_tells_who_tried(throttle: Throttle, database: Database) -> None:
    await throttle.login(ADA, HERE)
    stored = str(await database.all(select(ATTEMPTS)))
    assert ADA not in stored
    assert HERE not in stored


async def test_other_things_are_counted_apart(throttle: Throttle) -> None:
    for _ in range(2):
        await throttle.count(Limit("thing", 2))
    with pytest.raises(TooManyRequestsError):
        await throttle.count(Limit("thing", 2))
    assert await passes(throttle, ADA, HERE)
