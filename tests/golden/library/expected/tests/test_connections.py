"""What a connection may do before there is a request, over a real socket."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Iterator
from itertools import repeat
from typing import cast

import pytest
import uvicorn
from fastapi import FastAPI

from app.connections import MAX_UNREAD_BYTES, Connection

KEEP_ALIVE_SECONDS = 1
LONG = 3600
"""A time that no test waits for, however busy the machine."""
REQUEST = b"GET /health/live HTTP/1.1\r\nHost: test\r\n"
ENDLESS = {
    "a header": (b"X-Much: ", repeat(b"x" * 1024)),
    "headers": (b"", repeat(b"X-Much: " + b"x" * 1000 + b"\r\n")),
    "trailers": (
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n",
        repeat(b"X-Much: " + b"x" * 1000 + b"\r\n"),
    ),
}
"""What follows the first lines of a request, and goes on and on."""

Address = tuple[str, int]


@pytest.fixture
def keep_alive() -> int:
    """Seconds that a connection is kept without a request."""
    return KEEP_ALIVE_SECONDS


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Where a server of the throwaway service listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
async def server(
    throwaway: FastAPI, listener: socket.socket, keep_alive: int
) -> AsyncGenerator[uvicorn.Server]:
    """The server, running."""
    config = uvicorn.Config(
        throwaway,
        http=Connection,
        ws="none",
        timeout_keep_alive=keep_alive,
        lifespan="off",
        log_config=None,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([listener]))
    yield server
    server.should_exit = True
    await running


@pytest.fixture
def address(server: uvicorn.Server, listener: socket.socket) -> Address:
    """Where it listens."""
    assert not server.should_exit
    address: Address = listener.getsockname()
    return address


@pytest.mark.parametrize("case", ENDLESS)
async def test_what_has_no_end_is_cut_off(address: Address, case: str) -> None:
    _, writer = await asyncio.open_connection(*address)
    start, pieces = ENDLESS[case]
    writer.write(REQUEST + start)
    sent = 0
    with pytest.raises(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            sent += len(piece)
            assert sent < 100 * MAX_UNREAD_BYTES


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"nothing like HTTP\r\n\r\n", 400, "bad-request"),
        (REQUEST + b"X-Much: " + b"x" * MAX_UNREAD_BYTES + b"x", 431, "headers-too-large"),
    ],
    ids=["no-http", "too-long"],
)
async def test_what_cannot_be_read_is_refused_with_a_problem(
    address: Address, sent: bytes, status: int, code: str
) -> None:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(sent)
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()

    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"content-type: application/problem+json" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"connection: close" in head
    problem = json.loads(body)
    assert (problem["status"], problem["code"]) == (status, code)
    assert f"x-request-id: {problem['request_id']}".encode() in head


@pytest.mark.parametrize("said", [b"", REQUEST], ids=["nothing", "half"])
async def test_a_connection_without_a_whole_request_is_not_kept(
    address: Address, said: bytes
) -> None:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(said)
    ended = asyncio.create_task(reader.read())
    async with asyncio.timeout(30 * KEEP_ALIVE_SECONDS):
        while not ended.done():
            await asyncio.sleep(KEEP_ALIVE_SECONDS / 10)
            if said and not ended.done():
                writer.write(b"X-Slow: x\r\n")
    writer.close()

    assert ended.exception() is not None or ended.result() == b""


@pytest.mark.parametrize("keep_alive", [LONG])
async def test_the_clock_stands_while_a_request_is_answered_and_is_wound_again(
    throwaway: FastAPI, server: uvicorn.Server, address: Address
) -> None:
    def clock() -> asyncio.TimerHandle:
        (connection,) = server.server_state.connections
        clock = cast("Connection", connection).clock
        assert clock is not None
        return clock

    @throwaway.get("/clock")
    async def look() -> bool:
        return clock().cancelled()

    reader, writer = await asyncio.open_connection(*address)
    for _ in range(2):
        writer.write(b"GET /clock HTTP/1.1\r\nHost: test\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(4) == b"true"
        assert not clock().cancelled()
    writer.close()


async def test_a_body_of_many_chunks_is_no_head(address: Address) -> None:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(REQUEST + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(MAX_UNREAD_BYTES // 1024 + 1):
        writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
        await writer.drain()
    writer.write(b"0\r\n\r\n" + REQUEST + b"\r\n")
    for _ in range(2):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        await reader.readuntil(b"}")
    writer.close()
