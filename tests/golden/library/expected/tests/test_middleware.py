"""What every answer has, whoever gives it."""

import json
import re
from io import StringIO
from typing import Any

import pytest
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


async def test_a_head_is_answered_as_a_get_is_but_for_the_body(visitor: AsyncClient) -> None:
    read = await visitor.get("/health/live")
    asked = await visitor.head("/health/live")
    wrong = await visitor.head("/numbers")

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["Content-Length"] == str(len(read.content))
    assert asked.headers["Content-Type"] == read.headers["Content-Type"]
    assert (wrong.status_code, wrong.content) == (405, b"")
    assert wrong.headers["Allow"] == "DELETE, POST"


async def test_a_head_is_logged_as_one(visitor: AsyncClient, logged: StringIO) -> None:
    await visitor.head("/health/live")

    (line,) = logged.getvalue().splitlines()
    assert json.loads(line)["method"] == "HEAD"


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
