"""What is answered in place of the application: where it should not be asked, or has no answer."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import MEDIA_TYPE, answer

MAX_HEADER_BYTES = 16 * 1024
MAX_TARGET_BYTES = 8 * 1024
HEALTH = "/health/"
"""Paths that are always answered: probes ask by address, and when it matters most."""
LATER = {"Retry-After": "2"}
"""When a client may come back whose request was not answered, in seconds."""

Refusal = tuple[HTTPStatus, str, Mapping[str, str]]
"""Status, code and headers of what is answered in place of the application."""

log = structlog.get_logger("app.refusals")


class RefusalMiddleware:
    """Wraps an ASGI application, whose every request gets an answer, and that a problem if it must."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._busy = 0
        """Requests that are being answered, but for those that wait for their own clients."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reply = Reply(scope, receive, send)
        refusal = too_long(scope) or misdirected(scope) or overload(scope, self._busy)
        if refusal is not None:
            await reply.refuse(*refusal)
            return
        self._busy += 1
        try:
            await self._answer(reply, scope, self._aside(in_time(scope, receive)))
        finally:
            self._busy -= 1

    def _aside(self, receive: Receive) -> Receive:
        """`receive` during which a request keeps nobody out, however slow its client is."""

        async def receive_aside() -> Message:
            self._busy -= 1
            try:
                return await receive()
            finally:
                self._busy += 1

        return receive_aside

    async def _answer(self, reply: "Reply", scope: Scope, receive: Receive) -> None:
        try:
            await self._app(scope, receive, reply.send)
        except Exception:
            log.exception("unexpected error", method=scope["method"], path=scope["path"])
            if not reply.has_begun:
                await reply.refuse(HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error")
        except asyncio.CancelledError:
            if reply.has_begun:
                raise
            # The server ends, and has waited long enough.
            await reply.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "shutting-down", LATER)


class Reply:
    """What is sent back for one request."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.has_begun = False
        self._scope = scope
        self._receive = receive
        self._send = send
        self._replaced = False

    async def send(self, message: Message) -> None:
        """Pass a message on; the bare 413 of the framework becomes a problem."""
        if message["type"] == "http.response.start":
            if is_bare(message):
                self._replaced = True
                await self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "content-too-large")
                return
            self.has_begun = True
        if not self._replaced:
            await self._send(message)

    async def refuse(
        self, status: HTTPStatus, code: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer with a problem."""
        self.has_begun = True
        response = answer(Request(self._scope), status, code, headers=headers)
        await response(self._scope, self._receive, self._send)


def is_bare(start: Message) -> bool:
    """Whether an answer is a 413 in the framework's own words."""
    kind = (b"content-type", MEDIA_TYPE.encode())
    return start["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and kind not in start["headers"]


def too_long(scope: Scope) -> Refusal | None:
    """Why the request is refused unread, if it is."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_TARGET_BYTES:
        return HTTPStatus.REQUEST_URI_TOO_LONG, "uri-too-long", {}
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-large", {}
    return None


def misdirected(scope: Scope) -> Refusal | None:
    """Why the request should have gone to another host (RFC 9110, 15.5.20), if it should."""
    hosts = scope["app"].state.settings.allowed_hosts
    if not hosts or scope["path"].startswith(HEALTH):
        return None
    asked = Headers(scope=scope).get("host", "").partition(":")[0].lower()
    return None if asked in hosts else (HTTPStatus.MISDIRECTED_REQUEST, "misdirected-request", {})


def overload(scope: Scope, busy: int) -> Refusal | None:
    """Why the request has to come later, if it has: too many are `busy` being answered."""
    if busy < scope["app"].state.settings.max_requests or scope["path"].startswith(HEALTH):
        return None
    return HTTPStatus.SERVICE_UNAVAILABLE, "overloaded", LATER


def in_time(scope: Scope, receive: Receive) -> Receive:
    """`receive` with a deadline by which the whole body has to be there: a late one is a 408."""
    clock = asyncio.get_running_loop().time
    deadline: float | None = clock() + scope["app"].state.settings.request_timeout_seconds

    async def receive_in_time() -> Message:
        nonlocal deadline
        if deadline is None:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None
        if not message.get("more_body"):
            deadline = None
        return message

    return receive_in_time
