"""What Prometheus reads: requests and their latency by route, and the lag of the event loop.

Labels are few and closed: a route's template, never a path; a method of HTTP, never any word.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from secrets import compare_digest
from time import perf_counter

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import iter_route_contexts
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import NotFoundError, UnauthenticatedError
from app.settings import Settings

PATH = "/metrics"
UNMATCHED = "unmatched"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LAG_SECONDS = 1.0
"""How often the lag is measured."""

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "http_requests", "Answered requests.", ["method", "route", "status"], registry=REGISTRY
)
DURATION = Histogram(
    "http_request_duration_seconds",
    "From the first byte of a request to the last of its answer.",
    ["method", "route"],
    registry=REGISTRY,
)
LAG = Gauge(
    "event_loop_lag_seconds", "How late the event loop ran its last timer.", registry=REGISTRY
)

router = APIRouter(include_in_schema=False)


def install(app: FastAPI, *, process: bool) -> None:
    """Serve the metrics, with those of the process where asked."""
    if process and REGISTRY.get_sample_value("process_start_time_seconds") is None:
        ProcessCollector(registry=REGISTRY)
    app.include_router(router)


class MetricsMiddleware:
    """Counts and times every request of an ASGI application."""

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


@asynccontextmanager
async def measure_lag(_app: FastAPI) -> AsyncGenerator[None]:
    """Measure how late timers run, for as long as the application does."""
    task = asyncio.create_task(_sample_lag())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _sample_lag() -> None:
    while True:
        started = perf_counter()
        await asyncio.sleep(LAG_SECONDS)
        LAG.set(perf_counter() - started - LAG_SECONDS)


@router.get(PATH)
async def read_metrics(request: Request) -> Response:
    """Every metric of this process in Prometheus's text format."""
    settings: Settings = request.app.state.settings
    require_scraper(settings, request.headers.get("authorization", ""))
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def require_scraper(settings: Settings, authorization: str) -> None:
    """Raise unless the header holds the token; without a token, production serves nothing."""
    if settings.metrics_token is None:
        if settings.environment == "production":
            raise NotFoundError
        return
    expected = f"Bearer {settings.metrics_token.get_secret_value()}"
    if not compare_digest(authorization.encode(), expected.encode()):
        raise UnauthenticatedError
