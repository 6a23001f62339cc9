"""Routes on which a creation that is sent again happens once.

A client that got no answer sends the same request with the same `Idempotency-Key` again
(draft-ietf-httpapi-idempotency-key-header), and gets the answer of the first.
"""

import re
from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute

from app.database import Executor
from app.idempotency.repository import KeyTakenError
from app.idempotency.work import HEADER, IdempotentWork

KEY = re.compile("[!-~]{1,255}")


async def idempotency_key(
    key: Annotated[
        str | None,
        Header(
            alias=HEADER,
            pattern=f"^{KEY.pattern}$",
            description="A word of the client's own: sent again with it, the request happens once.",
        ),
    ] = None,
) -> None:
    """Say in the document that there may be a key, and refuse a bad one."""


class IdempotentRoute(APIRoute):
    """A route that heeds the key of a request which creates something."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if options.get("status_code") == HTTPStatus.CREATED:
            options["dependencies"] = [
                *(options.get("dependencies") or ()),
                Depends(idempotency_key),
            ]
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, which a request with a key goes through once."""
        handler = super().get_route_handler()
        if self.status_code != HTTPStatus.CREATED:
            return handler

        async def handle(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if key is None or KEY.fullmatch(key) is None:
                return await handler(request)
            return await handle_once(request, key, handler)

        return handle


async def handle_once(
    request: Request, key: str, handler: Callable[[Request], Awaitable[Response]]
) -> Response:
    """The answer of the handler, or the one that it gave to the first request with this key."""
    while True:
        work = IdempotentWork(request, key)
        executor: Executor = work
        request.state.executor = executor
        try:
            async with work:
                response = await handler(request)
                await work.keep(response)
                return response
        except KeyTakenError:
            answered = await work.replay()
        if answered is not None:
            return answered
