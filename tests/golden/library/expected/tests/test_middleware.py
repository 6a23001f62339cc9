"""What every answer has, whoever gives it, and what is refused before anybody reads it."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from io import StringIO
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI
from httpx2 import AsyncClient

from tests.throwaway import MAX_BODY

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
KILOBYTE = "x" * 1024
JSON = {"Content-Type": "application/json"}

REQUESTS: dict[int, tuple[str, str, dict[str, Any]]] = {
    200: ("GET", "/health/live", {}),
    404: ("GET", "/no/such/path", {}),
    405: ("PUT", "/numbers", {}),
    409: ("GET", "/refuses", {}),
    413: ("POST", "/numbers", {"content": "x" * (MAX_BODY + 1), "headers": JSON}),
    414: ("GET", f"/health/live?{KILOBYTE * 8}", {}),
    422: ("POST", "/numbers", {"json": {"odd": ["one"]}}),
    431: ("GET", "/health/live", {"headers": {"X-Much": KILOBYTE * 16}}),
    500: ("GET", "/fails", {}),
}
"""A request for each status."""


@pytest.mark.parametrize("status", REQUESTS)
async def test_every_answer_has_the_headers(visitor: AsyncClient, status: int) -> None:
    method, path, more = REQUESTS[status]

    answer = await visitor.request(method, path, **more)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in answer.headers
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


@pytest.mark.parametrize("status", [status for status in REQUESTS if status >= 400])
async def test_every_error_is_a_problem(visitor: AsyncClient, status: int) -> None:
    method, path, more = REQUESTS[status]

    answer = await visitor.request(method, path, **more)

    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem.keys() >= {"type", "title", "code"}
    assert problem["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize("request_id", ["order-4711", "a" * 64, "0.A_z-9876"])
async def test_a_harmless_request_id_is_echoed(visitor: AsyncClient, request_id: str) -> None:
    answer = await visitor.get("/health/live", headers={"X-Request-ID": request_id})

    assert answer.headers["X-Request-ID"] == request_id


@pytest.mark.parametrize(
    "request_id",
    ["", "short", "a" * 65, "two words", "<script>alert", "line\r\nbreak: yes", "ümläut-ümläut"],
)
async def test_any_other_request_id_is_replaced(visitor: AsyncClient, request_id: str) -> None:
    headers = {b"X-Request-ID": request_id.encode()}

    answer = await visitor.get("/health/live", headers=headers)

    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Much": KILOBYTE * 15}, 200),
        ({f"X-{number}": KILOBYTE for number in range(15)}, 200),
        ({f"X-{number}": KILOBYTE for number in range(16)}, 431),
        ({KILOBYTE * 16: "x"}, 431),
    ],
    ids=["one", "many", "too-many", "name"],
)
async def test_headers_are_limited_together(
    visitor: AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await visitor.get("/health/live", headers=headers)).status_code == status


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (f"/health/live?{KILOBYTE * 7}", 200),
        (f"/{KILOBYTE * 7}", 404),
        (f"/{KILOBYTE * 8}", 414),
        (f"/{KILOBYTE * 4}?{KILOBYTE * 4}", 414),
    ],
    ids=["query", "path", "long-path", "both"],
)
async def test_the_target_is_limited(visitor: AsyncClient, target: str, status: int) -> None:
    assert (await visitor.get(target)).status_code == status


def body(size: int) -> bytes:
    """A body of so many bytes that `/numbers` understands."""
    return b'{"one": [1]}'.ljust(size)


async def chunks(content: bytes, pause: float = 0.0) -> AsyncGenerator[bytes]:
    """The content in eight pieces, whose number nobody is told before."""
    step = len(content) // 8
    for start in range(0, len(content), step):
        await asyncio.sleep(pause)
        yield content[start : start + step]


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("size", "status"), [(MAX_BODY, 200), (MAX_BODY + 8, 413)])
async def test_the_body_is_limited(
    visitor: AsyncClient, *, size: int, status: int, chunked: bool
) -> None:
    content = chunks(body(size)) if chunked else body(size)

    answer = await visitor.post("/numbers", content=content, headers=JSON)

    assert answer.status_code == status


@pytest.fixture
def impatient(throwaway: FastAPI) -> FastAPI:
    """The throwaway service, which waits for no body longer than this."""
    hasty = {"request_timeout_seconds": 0.2}
    throwaway.state.settings = throwaway.state.settings.model_copy(update=hasty)
    return throwaway


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("pause", [0.1, 3.0])
async def test_a_body_that_takes_too_long_is_refused(visitor: AsyncClient, pause: float) -> None:
    content = chunks(body(64), pause)

    answer = await visitor.post("/numbers", content=content, headers=JSON)

    assert answer.status_code == 408
    assert answer.json()["code"] == "request-timeout"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Connection"] == "close"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_answer_may_take_longer_than_a_body(
    impatient: FastAPI, visitor: AsyncClient
) -> None:
    @impatient.post("/slow")
    async def work(numbers: Annotated[list[int], Body()]) -> int:
        await asyncio.sleep(0.3)
        return sum(numbers)

    assert (await visitor.post("/slow", json=[1, 2])).json() == 3


async def test_a_request_is_one_line_in_the_log_without_its_query(
    visitor: AsyncClient, logged: StringIO
) -> None:
    answer = await visitor.get("/no/such/path?token=the-secret", headers={"Cookie": "the-cookie"})

    (line,) = logged.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["duration_ms"] >= 0
    expected = {
        "event": "request",
        "level": "info",
        "method": "GET",
        "path": "/no/such/path",
        "status": 404,
        "request_id": answer.headers["X-Request-ID"],
    }
    assert {key: entry.get(key) for key in expected} == expected
    assert "the-" not in line
