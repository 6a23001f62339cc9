"""The one pass around every request: its id, its limits, its headers and its line in the log.

It is the outermost layer, so that answers which the framework gives by itself (413, 500) pass
through it too.
"""

import asyncio
import json
import re
from time import perf_counter

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from app.errors import MEDIA_TYPE, title

MAX_HEADER_BYTES = 16 * 1024
MAX_TARGET_BYTES = 8 * 1024
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
        answer = Answer(scope, send, is_api=scope["path"] not in DOCUMENTATION)
        with structlog.contextvars.bound_contextvars(request_id=answer.request_id):
            await self._answer(answer, scope, receive)
            answer.log()

    async def _answer(self, answer: "Answer", scope: Scope, receive: Receive) -> None:
        refusal = refuse(scope)
        try:
            if refusal is None:
                await self._app(scope, in_time(scope, receive), answer.send)
            else:
                await answer.refuse(*refusal)
        except Exception:
            log.exception("unexpected error", method=scope["method"], path=scope["path"])
            if not answer.status:
                await answer.refuse(500, "internal-error")


class Answer:
    """What is sent back for one request."""

    def __init__(self, scope: Scope, send: Send, *, is_api: bool) -> None:
        self.status = 0
        self.request_id = request_id(scope)
        scope.setdefault("state", {})["request_id"] = self.request_id
        self._scope = scope
        self._send = send
        self._headers = [
            (b"x-request-id", self.request_id.encode()),
            *SECURITY_HEADERS,
            *(API_POLICY if is_api else ()),
        ]
        self._started = perf_counter()
        self._replaced = False

    async def send(self, message: Message) -> None:
        """Pass a message on with our headers; a bare 413 of the framework becomes a problem."""
        if message["type"] == "http.response.start":
            headers = dict(message.get("headers", ()))
            if message["status"] == 413 and headers.get(b"content-type") != MEDIA_TYPE.encode():
                self._replaced = True
                await self.refuse(413, "content-too-large")
                return
            self.status = message["status"]
            ours = [(name, value) for name, value in self._headers if name not in headers]
            message = {**message, "headers": [*message.get("headers", ()), *ours]}
        if not self._replaced:
            await self._send(message)

    async def refuse(self, status: int, code: str) -> None:
        """Answer with a problem without asking the application."""
        problem = {"type": "about:blank", "title": title(status), "status": status, "code": code}
        body = json.dumps({**problem, "request_id": self.request_id}).encode()
        headers = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            *self._headers,
        ]
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    def log(self) -> None:
        """One line a request. The query is left out: it may hold what nobody should read."""
        log.info(
            "request",
            method=self._scope["method"],
            path=self._scope["path"],
            status=self.status,
            duration_ms=round((perf_counter() - self._started) * 1000, 2),
        )


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


def request_id(scope: Scope) -> str:
    """The client's `X-Request-ID` where it is a harmless word, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return uuid7().hex


def refuse(scope: Scope) -> tuple[int, str] | None:
    """Why the request is refused unread, if it is: status and code."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_TARGET_BYTES:
        return 414, "uri-too-long"
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
        return 431, "headers-too-large"
    return None
