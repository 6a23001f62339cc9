"""A connection as the server keeps it: bounded in what it may hold back, and for how long."""

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from uuid_utils import uuid7
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import answer
from app.middleware import headers
from app.refusals import MAX_HEADER_BYTES

MAX_UNREAD_BYTES = 8 * MAX_HEADER_BYTES
"""How much may arrive that makes no whole request yet. Less that is too much still gets here, and
is told so in order; of more the server keeps nothing."""

CODES = {
    HTTPStatus.BAD_REQUEST: "bad-request",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "headers-too-large",
}


class Connection(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, but that no client can make it wait for a request for ever."""

    unread = 0
    """Bytes that have come since the last that the service was given."""
    clock: asyncio.TimerHandle | None = None
    """Runs while no request has begun, and ends the connection."""

    def connection_made(  # type: ignore[override]  # uvicorn narrows it as well
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self.wind_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        self.stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.unread += len(data)
        super().data_received(data)
        if self.unread > MAX_UNREAD_BYTES and not self.transport.is_closing():
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        self.unread = 0
        self.stop_clock()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.unread = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:  # and no other request is waiting
            self.wind_clock()

    def send_400_response(self, msg: str) -> None:
        self.refuse(HTTPStatus.BAD_REQUEST)

    def refuse(self, status: HTTPStatus) -> None:
        """Hang up; with a problem, unless an answer has begun already."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(refusal(status))
        self.transport.close()

    def wind_clock(self) -> None:
        """Give the client the time of an idle connection to send the head of a request."""
        self.stop_clock()
        wait, end = self.timeout_keep_alive, self.timeout_keep_alive_handler
        self.clock = self.loop.call_later(wait, end)

    def stop_clock(self) -> None:
        """Let the connection last."""
        if self.clock is not None:
            self.clock.cancel()


def refusal(status: HTTPStatus) -> bytes:
    """The answer to what could not be read."""
    request_id = uuid7().hex
    request = Request({"type": "http", "state": {"request_id": request_id}})
    response = answer(request, status, CODES[status])
    told = [*response.raw_headers, *headers(request_id), (b"connection", b"close")]
    start = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
    lines = [b"%b: %b\r\n" % line for line in told]
    return b"".join([start, *lines, b"\r\n", bytes(response.body)])
