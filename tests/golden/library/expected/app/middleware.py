"""The outermost pass around every request: its id, its headers and its line in the log.

Answers which the framework gives by itself (413, 500) pass through it too.
"""

import re
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

DOCUMENTATION = frozenset({"/docs", "/docs/oauth2-redirect", "/redoc"})
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")

SECURITY_HEADERS: list[tuple[bytes, bytes]] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
API_POLICY: list[tuple[bytes, bytes]] = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
"""Not for the pages of the documentation, which load scripts and styles."""

log = structlog.get_logger("app.access")


class RequestMiddleware:
    """Wraps an ASGI application; everything that is not HTTP passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = Answer(scope, send)
        with structlog.contextvars.bound_contextvars(request_id=answer.request_id):
            try:
                await self._run(scope, receive, answer.send)
            finally:
                answer.log()

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have it answered; whoever asks for the head is answered as for a GET (RFC 9110, 9.3.2).

        The server sends no body then.
        """
        if scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        inner = {**scope, "method": "GET"}
        try:
            await self._app(inner, receive, send)
        finally:
            scope.update(inner, method="HEAD")  # layers around this one read the route from it


class Answer:
    """What is sent back for one request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.status = 0
        self.request_id = request_id(scope)
        scope.setdefault("state", {})["request_id"] = self.request_id
        self._scope = scope
        self._send = send
        self._headers = headers(self.request_id, is_api=scope["path"] not in DOCUMENTATION)
        self._started = perf_counter()

    async def send(self, message: Message) -> None:
        """Pass a message on: the start with our headers, the rest as it is."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            theirs = message.get("headers", ())
            names = {name for name, _ in theirs}
            ours = [(name, value) for name, value in self._headers if name not in names]
            message = {**message, "headers": [*theirs, *ours]}
        await self._send(message)

    def log(self) -> None:
        """One line a request. The query is left out: it may hold what nobody should read."""
        log.info(
            "request",
            method=self._scope["method"],
            path=self._scope["path"],
            status=self.status,
            duration_ms=round((perf_counter() - self._started) * 1000, 2),
        )


def headers(request_id: str, *, is_api: bool = True) -> list[tuple[bytes, bytes]]:
    """What every answer says beside its own."""
    given = (b"x-request-id", request_id.encode())
    return [given, *SECURITY_HEADERS, *(API_POLICY if is_api else ())]


def request_id(scope: Scope) -> str:
    """The client's `X-Request-ID` where it is a harmless word, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return uuid7().hex
