"""The metrics are there, count by route, and are shown to nobody who may not see them."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from pydantic import SecretStr

from app import metrics
from app.errors import NotFoundError, UnauthenticatedError
from app.main import LIFESPANS
from app.settings import Settings

ROOT = "http://test"
TOKEN = "a-token-of-some-length"


def count(method: str, route: str, status: int) -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    return metrics.REGISTRY.get_sample_value("http_requests_total", labels) or 0


async def test_a_request_is_counted_by_its_route(client: AsyncClient) -> None:
    before = count("GET", "/health/live", 200)
    await client.get(f"{ROOT}/health/live")
    assert count("GET", "/health/live", 200) == before + 1


async def test_a_head_is_counted_by_its_route_too(client: AsyncClient) -> None:
    before = count("HEAD", "/health/live", 200)
    await client.head(f"{ROOT}/health/live")
    assert count("HEAD", "/health/live", 200) == before + 1


async def test_an_unknown_path_and_an_unknown_method_make_no_new_label(client: AsyncClient) -> None:
    before = count("other", metrics.UNMATCHED, 404)
    await client.request("BREW", f"{ROOT}/no/such/path")
    assert count("other", metrics.UNMATCHED, 404) == before + 1


async def test_metrics_are_served(client: AsyncClient) -> None:
    await client.get(f"{ROOT}/health/live")
    answer = await client.get(f"{ROOT}{metrics.PATH}")
    assert answer.status_code == 200
    assert 'http_requests_total{method="GET",route="/health/live",status="200"}' in answer.text
    assert "http_request_duration_seconds_bucket" in answer.text


async def test_the_lag_is_measured_while_the_service_runs(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "LAG_SECONDS", 0.0)
    metrics.LAG.set(-1)
    async with metrics.measure_lag(app):
        for _ in range(100):
            await asyncio.sleep(0)
    assert metrics.REGISTRY.get_sample_value("event_loop_lag_seconds") != -1
    assert metrics.measure_lag in LIFESPANS


def test_production_without_a_token_serves_none(settings: Settings) -> None:
    production = settings.model_copy(update={"environment": "production"})
    with pytest.raises(NotFoundError):
        metrics.require_scraper(production, "")


@pytest.mark.parametrize("header", ["", "Bearer wrong", TOKEN])
def test_a_wrong_token_is_refused(settings: Settings, header: str) -> None:
    guarded = settings.model_copy(update={"metrics_token": SecretStr(TOKEN)})
    with pytest.raises(UnauthenticatedError):
        metrics.require_scraper(guarded, header)


def test_the_right_token_is_let_in(settings: Settings) -> None:
    guarded = settings.model_copy(update={"metrics_token": SecretStr(TOKEN)})
    metrics.require_scraper(guarded, f"Bearer {TOKEN}")
