"""Whoever asks too often is told so, and nobody else is."""

import re

import pytest
from fastapi import FastAPI

from app.main import PREFIX
from app.settings import Settings
from tests.rate_limit.fixtures import caller, running

NOWHERE = "/no/such/path"
PARAMETER = re.compile(r"\{[^}]*\}")


@pytest.fixture
def paths(limited: FastAPI) -> list[str]:
    """Two operations of the API, by URLs that reach them; what they answer doesn't matter."""
    paths = limited.openapi()["paths"].items()
    found = [path for path, item in paths if path.startswith(PREFIX) and "get" in item]
    return [PARAMETER.sub("1", path) for path in found[:2]]


async def statuses(app: FastAPI, path: str, times: int, address: str = "192.0.2.1") -> list[int]:
    async with caller(app, address) as client:
        return [(await client.get(path)).status_code for _ in range(times)]


async def test_an_operation_may_be_called_so_often(limited: FastAPI, paths: list[str]) -> None:
    found = await statuses(limited, paths[0], 4)
    assert 429 not in found[:3]
    assert found[3] == 429


async def test_each_operation_is_counted_by_itself(limited: FastAPI, paths: list[str]) -> None:
    first, second = paths
    await statuses(limited, first, 4)
    assert 429 not in await statuses(limited, second, 1)


async def test_everything_together_may_be_called_so_often(limited: FastAPI) -> None:
    found = await statuses(limited, NOWHERE, 7)
    assert found == [404] * 6 + [429]


async def test_another_address_is_counted_by_itself(limited: FastAPI) -> None:
    await statuses(limited, NOWHERE, 7)
    assert await statuses(limited, NOWHERE, 1, address="192.0.2.2") == [404]


async def test_one_subscriber_of_ipv6_is_one(limited: FastAPI) -> None:
    await statuses(limited, NOWHERE, 7, address="2001:db8::1")
    assert await statuses(limited, NOWHERE, 1, address="2001:db8::2") == [429]


async def test_health_is_never_limited(limited: FastAPI) -> None:
    await statuses(limited, NOWHERE, 7)
    assert await statuses(limited, "/health/live", 10) == [200] * 10


async def test_the_refusal_is_a_problem_that_says_when_to_come_back(limited: FastAPI) -> None:
    await statuses(limited, NOWHERE, 6)
    async with caller(limited) as client:
        answer = await client.get(NOWHERE)
    assert answer.status_code == 429
    assert answer.json()["code"] == "too-many-requests"
    assert 1 <= int(answer.headers["retry-after"]) <= 3600
    assert answer.headers["x-request-id"]


async def test_an_answer_says_what_is_left(limited: FastAPI, paths: list[str]) -> None:
    async with caller(limited) as client:
        answer = await client.get(paths[0])
    assert answer.headers["ratelimit-policy"] == '"overall";q=6;w=3600, "route";q=3;w=3600'
    assert answer.headers["ratelimit"].startswith('"overall";r=5;t=')
    assert '"route";r=2;t=' in answer.headers["ratelimit"]


async def test_while_the_counts_are_away_requests_are_answered(
    limited: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lose(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("app.rate_limit.limiter.PAUSE_SECONDS", 0.0)
    with monkeypatch.context() as away:
        away.setattr("app.rate_limit.limiter.Limiter._stand", lose)
        assert await statuses(limited, NOWHERE, 7) == [404] * 7
    assert await statuses(limited, NOWHERE, 7) == [404] * 6 + [429]


async def test_the_limits_can_be_turned_off(settings: Settings) -> None:
    async with running(settings, rate_limits=False) as app:
        assert await statuses(app, NOWHERE, 10) == [404] * 10
