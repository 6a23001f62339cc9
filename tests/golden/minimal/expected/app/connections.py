"""A connection as the server keeps it: bounded in what it may hold back, and for how long."""

import asyncio
import sys
from http import HTTPStatus

import h11
from starlette.requests import Request
from uuid_utils import uuid7
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.errors import answer
from app.middleware import headers
from app.refusals import MAX_HEADER_BYTES

MAX_UNREAD_BYTES = 8 * MAX_HEADER_BYTES
"""How much may arrive that makes no whole request yet. Less that is too much still gets here, and
is told so in order; of more the server keeps nothing."""


class Connection(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, but that no client can make it wait for a request for ever."""

    def connection_made(  # type: ignore[override]  # uvicorn narrows it as well
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def data_received(self, data: bytes) -> None:
        # uvicorn's own stops the clock of an idle connection here; what stops it is a whole request.
        self.conn.receive_data(data)
        self.handle_events()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or too much of it, with a problem, and hang up."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            for event in refusal(sys.exception()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def refusal(error: BaseException | None) -> list[h11.Response | h11.Data | h11.EndOfMessage]:
    """The answer to what could not be read."""
    status = HTTPStatus(getattr(error, "error_status_hint", HTTPStatus.BAD_REQUEST))
    code = "headers-too-large" if status == 431 else "bad-request"
    request_id = uuid7().hex
    request = Request({"type": "http", "state": {"request_id": request_id}})
    response = answer(request, status, code)
    told = [*response.raw_headers, *headers(request_id), (b"connection", b"close")]
    start = h11.Response(status_code=status, headers=told, reason=status.phrase.encode())
    return [start, h11.Data(data=bytes(response.body)), h11.EndOfMessage()]
