"""Passwords are hashed at the cost that is asked for, and hashing keeps nobody waiting."""

import asyncio
from time import process_time

import pytest

from app import passwords
from app.errors import OverloadedError
from app.passwords import Hasher
from app.settings import Settings

PASSWORD = "a long walk in the rain"
RECOMMENDED = {"password_memory_kib": 19456, "password_passes": 2, "password_lanes": 1}


def hasher(settings: Settings, **cost: int) -> Hasher:
    return Hasher(settings.model_copy(update=cost))


def test_the_default_cost_is_what_owasp_asks_for_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in RECOMMENDED:
        monkeypatch.delenv(name.upper(), raising=False)
    defaults = Settings(_env_file=None)
    assert {name: getattr(defaults, name) for name in RECOMMENDED} == RECOMMENDED


async def test_a_hash_tells_its_cost_and_not_the_password(settings: Settings) -> None:
    stored = await hasher(settings, **RECOMMENDED).hash(PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in stored


async def test_equal_passwords_have_unequal_hashes(app: object) -> None:
    assert await passwords.hash_password(PASSWORD) != await passwords.hash_password(PASSWORD)


async def test_only_the_right_password_matches(app: object) -> None:
    stored = await passwords.hash_password(PASSWORD)
    assert (await passwords.verify_password(PASSWORD, stored)).matches
    assert not (await passwords.verify_password(PASSWORD + " ", stored)).matches


async def test_nothing_matches_where_nothing_is_stored(app: object) -> None:
    assert not (await passwords.verify_password(PASSWORD, None)).matches


async def test_a_hash_of_the_same_cost_is_kept(settings: Settings) -> None:
    same = hasher(settings)
    assert (await same.verify(PASSWORD, await same.hash(PASSWORD))).new_hash is None


async def test_a_hash_of_another_cost_is_replaced(settings: Settings) -> None:
    stored = await hasher(settings).hash(PASSWORD)
    verdict = await hasher(settings, password_passes=3).verify(PASSWORD, stored)
    assert verdict.new_hash is not None
    assert "t=3" in verdict.new_hash


async def test_looking_for_nobody_takes_as_long_as_for_somebody(settings: Settings) -> None:
    costly = hasher(settings, **RECOMMENDED)
    stored = await costly.hash(PASSWORD)

    async def fastest(stored: str | None) -> float:
        times = []
        for _ in range(5):
            started = process_time()
            await costly.verify("something else", stored)
            times.append(process_time() - started)
        return min(times)

    somebody, nobody = await fastest(stored), await fastest(None)
    assert 0.5 < nobody / somebody < 2


async def test_no_more_wait_for_a_hash_than_may(settings: Settings) -> None:
    few = hasher(settings, password_threads=1, password_queue=4)

    written = await asyncio.gather(*(few.hash(PASSWORD) for _ in range(10)), return_exceptions=True)

    refused = [one for one in written if isinstance(one, OverloadedError)]
    assert len(refused) == 10 - 1 - 2
    assert int(refused[0].headers["Retry-After"]) > 0
    assert isinstance(await few.hash(PASSWORD), str)


async def test_whoever_signs_in_is_not_kept_out_by_new_passwords(settings: Settings) -> None:
    few = hasher(settings, password_threads=1, password_queue=4)
    stored = await few.hash(PASSWORD)

    *_, verdict = await asyncio.gather(
        *(few.hash(PASSWORD) for _ in range(10)),
        few.verify(PASSWORD, stored),
        return_exceptions=True,
    )

    assert isinstance(verdict, passwords.Verdict)
    assert verdict.matches


async def test_no_more_sign_in_at_once_than_may(settings: Settings) -> None:
    few = hasher(settings, password_threads=1, password_queue=4)

    verdicts = await asyncio.gather(
        *(few.verify(PASSWORD, None) for _ in range(10)), return_exceptions=True
    )

    assert sum(isinstance(one, OverloadedError) for one in verdicts) == 10 - 1 - 4


async def test_the_event_loop_runs_on_while_passwords_are_hashed(settings: Settings) -> None:
    costly = hasher(settings, **RECOMMENDED, password_threads=1)
    hashing = asyncio.gather(*(costly.hash(PASSWORD) for _ in range(10)))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 10
