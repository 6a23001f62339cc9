"""Pages of other origins: shut out, unless the settings list them."""

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.cors import COOKIES, EXPOSED
from app.main import create_app
from app.settings import Settings
from tests.conftest import connect
from tests.test_middleware import REQUESTS
from tests.throwaway import ROOT

OURS = "https://app.example.com"
OTHERS = [
    "https://app.example.com.evil.example",
    "https://evil-app.example.com",
    "https://example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "null",
    "*",
]
PREFLIGHT = {
    "Access-Control-Request-Method": "DELETE",
    "Access-Control-Request-Headers": "If-Match",
}


def listing(settings: Settings, *origins: str) -> AsyncClient:
    """A client of a service that lists these origins."""
    changes = {"cors_origins": frozenset(origins)}
    return connect(create_app(settings.model_copy(update=changes)))


@pytest.mark.parametrize("origin", [OURS, *OTHERS])
async def test_no_origin_is_let_in_by_default(settings: Settings, origin: str) -> None:
    assert Settings.model_fields["cors_origins"].default == frozenset()
    async with listing(settings) as client:
        for method in ("GET", "OPTIONS"):
            headers = {"Origin": origin, **(PREFLIGHT if method == "OPTIONS" else {})}
            answer = await client.request(method, f"{ROOT}/health/live", headers=headers)
            assert "Access-Control-Allow-Origin" not in answer.headers


async def test_a_listed_origin_is_let_in_by_its_name(settings: Settings) -> None:
    async with listing(settings, OURS) as client:
        answer = await client.get(f"{ROOT}/health/live", headers={"Origin": OURS})
        preflight = await client.options(
            f"{ROOT}/health/live", headers={"Origin": OURS, **PREFLIGHT}
        )

    for response in (answer, preflight):
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == OURS
        assert "Origin" in response.headers["Vary"]
        assert ("Access-Control-Allow-Credentials" in response.headers) is bool(COOKIES)
    assert set(answer.headers["Access-Control-Expose-Headers"].split(", ")) == set(EXPOSED)
    assert {"ETag", "Location", "Retry-After", "X-Request-ID"} <= set(EXPOSED)
    assert preflight.headers["X-Content-Type-Options"] == "nosniff"
    assert "DELETE" in preflight.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("origin", OTHERS)
async def test_no_other_origin_is_let_in_beside_it(settings: Settings, origin: str) -> None:
    async with listing(settings, OURS) as client:
        answer = await client.get(f"{ROOT}/health/live", headers={"Origin": origin})
        preflight = await client.options(
            f"{ROOT}/health/live", headers={"Origin": origin, **PREFLIGHT}
        )

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Access-Control-Allow-Origin" not in preflight.headers


@pytest.mark.parametrize("status", REQUESTS)
async def test_a_page_can_read_errors_too(
    throwaway: FastAPI, visitor: AsyncClient, status: int
) -> None:
    method, path, more = REQUESTS[status]
    lenient = {"cors_origins": frozenset({OURS})}
    throwaway.state.settings = throwaway.state.settings.model_copy(update=lenient)
    visitor.headers["Origin"] = OURS

    answer = await visitor.request(method, path, **more)

    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
