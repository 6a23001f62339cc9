"""Counts and times every request."""

from time import perf_counter

from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.metrics.instruments import DURATION, IN_FLIGHT, REQUESTS

UNMATCHED = "unmatched"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MetricsMiddleware:
    """Wraps an ASGI application, refusals and errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._routes: dict[object, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def observe(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = perf_counter()
        with IN_FLIGHT.track_inprogress():
            try:
                await self._app(scope, receive, observe)
            finally:
                method = scope["method"] if scope["method"] in METHODS else "other"
                route = self._route(scope)
                REQUESTS.labels(method, route, status).inc()
                DURATION.labels(method, route).observe(perf_counter() - started)

    def _route(self, scope: Scope) -> str:
        """The template of the route that answered, `unmatched` where none did."""
        if not self._routes:
            contexts = iter_route_contexts(scope["app"].routes)
            self._routes = {context.endpoint: context.path or "" for context in contexts}
        return self._routes.get(scope.get("endpoint"), UNMATCHED)
