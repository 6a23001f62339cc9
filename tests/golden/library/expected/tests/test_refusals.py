"""What is refused before anybody reads it, and what is answered where nobody else does."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated
from unittest.mock import AsyncMock

import pytest
from fastapi import Body, FastAPI
from httpx2 import AsyncClient
from starlette.types import Message, Receive, Scope, Send

from app.refusals import RefusalMiddleware
from tests.throwaway import MAX_BODY

KILOBYTE = "x" * 1024
JSON = {"Content-Type": "application/json"}
SOON = 10
"""Seconds after which nothing will come that a test waits for."""


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


@pytest.fixture
def named(throwaway: FastAPI) -> FastAPI:
    """The throwaway service, which is asked by one name."""
    named = {"allowed_hosts": frozenset({"api.example.com"})}
    throwaway.state.settings = throwaway.state.settings.model_copy(update=named)
    return throwaway


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("host", ["api.example.com", "API.Example.com:8000"])
async def test_its_own_name_is_answered(visitor: AsyncClient, host: str) -> None:
    answer = await visitor.post("/numbers", json={"one": [1]}, headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(
    "host", ["example.com", "evil.api.example.com", "api.example.com@evil", "127.0.0.1", ""]
)
async def test_another_name_is_not(visitor: AsyncClient, host: str) -> None:
    answer = await visitor.post("/numbers", json={"one": [1]}, headers={"Host": host})

    assert answer.status_code == 421
    assert answer.json()["code"] == "misdirected-request"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (await visitor.get("/health/live", headers={"Host": host})).status_code == 200


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


@pytest.fixture
def narrow(throwaway: FastAPI) -> FastAPI:
    """The throwaway service, which answers one request at a time."""
    one = {"max_requests": 1}
    throwaway.state.settings = throwaway.state.settings.model_copy(update=one)
    return throwaway


async def test_more_requests_than_are_answered_at_a_time_come_later(
    narrow: FastAPI, visitor: AsyncClient
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    @narrow.get("/waits")
    async def wait() -> None:
        begun.set()
        await go_on.wait()

    first = asyncio.create_task(visitor.get("/waits"))
    async with asyncio.timeout(SOON):
        await begun.wait()
        refused, live = await visitor.get("/waits"), await visitor.get("/health/live")
    go_on.set()

    assert refused.status_code == 503
    assert refused.json()["code"] == "overloaded"
    assert int(refused.headers["Retry-After"]) > 0
    assert live.status_code == 200
    assert (await first).status_code == 200
    assert (await visitor.get("/waits")).status_code == 200


@pytest.mark.usefixtures("narrow")
async def test_a_client_that_takes_its_time_keeps_nobody_out(visitor: AsyncClient) -> None:
    slow = visitor.post("/numbers", content=chunks(body(64), 0.05), headers=JSON)
    uploading = asyncio.create_task(slow)
    await asyncio.sleep(0.1)
    assert (await visitor.post("/numbers", json={"one": [1]})).status_code == 200
    assert (await uploading).status_code == 200


async def test_a_request_that_is_cut_short_may_come_again(
    throwaway: FastAPI, visitor: AsyncClient
) -> None:
    begun = asyncio.Event()

    @throwaway.get("/endless")
    async def wait() -> None:
        begun.set()
        await asyncio.Event().wait()

    request = asyncio.create_task(visitor.get("/endless"))
    async with asyncio.timeout(SOON):
        await begun.wait()
        request.cancel()  # as the server does at the end of its patience
        answer = await request

    assert answer.status_code == 503
    assert answer.json()["code"] == "shutting-down"
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_answer_that_has_begun_is_not_begun_again(throwaway: FastAPI) -> None:
    begun = asyncio.Event()
    sent: list[Message] = []

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        begun.set()
        await asyncio.Event().wait()

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [],
        "app": throwaway,
    }
    request = asyncio.create_task(RefusalMiddleware(answer)(scope, AsyncMock(), send))
    await asyncio.wait_for(begun.wait(), SOON)
    request.cancel()

    with pytest.raises(asyncio.CancelledError):
        await request
    assert [message["type"] for message in sent] == ["http.response.start"]
