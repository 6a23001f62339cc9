"""Requests are counted by route, whatever is asked."""

from httpx2 import AsyncClient

from app.metrics.instruments import IN_FLIGHT, REGISTRY
from app.metrics.middleware import UNMATCHED

ROOT = "http://test"
LIVE = "/health/live"


def count(method: str, route: str, status: int) -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    return REGISTRY.get_sample_value("http_requests_total", labels) or 0


def timed(method: str, route: str) -> float:
    labels = {"method": method, "route": route}
    return REGISTRY.get_sample_value("http_request_duration_seconds_count", labels) or 0


async def test_a_request_is_counted_and_timed_by_its_route(client: AsyncClient) -> None:
    before, before_timed = count("GET", LIVE, 200), timed("GET", LIVE)
    await client.get(ROOT + LIVE)
    assert count("GET", LIVE, 200) == before + 1
    assert timed("GET", LIVE) == before_timed + 1


async def test_a_head_is_counted_by_its_route_too(client: AsyncClient) -> None:
    before = count("HEAD", LIVE, 200)
    await client.head(ROOT + LIVE)
    assert count("HEAD", LIVE, 200) == before + 1


async def test_an_unknown_path_and_an_unknown_method_make_no_new_label(client: AsyncClient) -> None:
    before = count("other", UNMATCHED, 404)
    await client.request("BREW", f"{ROOT}/no/such/path")
    assert count("other", UNMATCHED, 404) == before + 1


async def test_nothing_is_in_flight_when_all_is_answered(client: AsyncClient) -> None:
    await client.get(ROOT + LIVE)
    assert REGISTRY.get_sample_value(next(iter(IN_FLIGHT.describe())).name) == 0
