"""What every request passes first: one more of any kind, by the same caller.

Requests that no route answers are counted too. Answers say where their caller stands, in the words of
draft-ietf-httpapi-ratelimit-headers-10.
"""

from collections.abc import Sequence

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooManyRequestsError, answer
from app.rate_limit.limiter import Limiter, Standing
from app.rate_limit.subjects import subject_of
from app.refusals import HEALTH
from app.settings import Settings


class LimitMiddleware:
    """Wraps an ASGI application; what is asked of its health is never counted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_counted(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        limiter: Limiter = request.app.state.limiter
        request.state.subject = await subject_of(request)
        standing = await limiter.count_request(request.state.subject)
        standings = request.state.standings = [standing] if standing else []

        async def send_standing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *headers(standings)]}
            await send(message)

        if standing is None or standing.is_admitted:
            await self._app(scope, receive, send_standing)
        else:
            await refuse(request, standing)(scope, receive, send_standing)


def is_counted(scope: Scope) -> bool:
    """Whether it is a request that anybody may make too often."""
    if scope["type"] != "http" or scope["path"].startswith(HEALTH):
        return False
    settings: Settings = scope["app"].state.settings
    return settings.rate_limits


def refuse(request: Request, standing: Standing) -> ASGIApp:
    """The answer to one request too many."""
    error = TooManyRequestsError(standing.reset_seconds)
    return answer(request, error.status, error.code, error.detail, headers=error.headers)


def headers(standings: Sequence[Standing]) -> list[tuple[bytes, bytes]]:
    """The limits that a request was counted against, and what is left of each."""
    if not standings:
        return []
    policies = (f'"{name}";q={rate.amount};w={rate.get_expiry()}' for (name, rate), *_ in standings)
    left = (f'"{at.limit.name}";r={at.remaining};t={at.reset_seconds}' for at in standings)
    return [
        (b"ratelimit-policy", ", ".join(policies).encode()),
        (b"ratelimit", ", ".join(left).encode()),
    ]
