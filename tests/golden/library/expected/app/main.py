"""The application: what it is made of, in the order in which it is put together."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp

from app import cors, errors, health, logs, passwords, rate_limit
from app.api import ROUTERS
from app.auth.jwt.tokens import AccessTokens
from app.engine import open_database
from app.metrics.middleware import MetricsMiddleware
from app.metrics.sampling import sample
from app.middleware import RequestMiddleware
from app.refusals import RefusalMiddleware
from app.schemas import state_whole_bounds
from app.settings import Settings, load_settings

PREFIX = "/api/v1"

LIFESPANS: list[Callable[[FastAPI], AbstractAsyncContextManager[None]]] = [
    rate_limit.open_limits,
    sample,
]
"""What runs beside the application, each a context manager that is given the application."""

WRAPPERS: list[Callable[[ASGIApp], ASGIApp]] = [
    RequestMiddleware,
    MetricsMiddleware,
]
"""What every answer passes, from the inside out; refusals and errors too."""


class Service(FastAPI):
    """FastAPI with layers around it that also see what the framework answers by itself."""

    def build_middleware_stack(self) -> ASGIApp:
        app: ASGIApp = RefusalMiddleware(super().build_middleware_stack())
        app = cors.open_to(self.state.settings.cors_origins, app)
        for wrap in WRAPPERS:
            app = wrap(app)
        return app

    def openapi(self) -> dict[str, Any]:
        """The document of the API, with the body that every error has."""
        document = self.openapi_schema
        if document is None:
            document = super().openapi()
            errors.describe(document)
            state_whole_bounds(document)
        return document


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Open what the service needs, and close it in reverse."""
    async with AsyncExitStack() as stack:
        app.state.database = open_database(app.state.settings)
        stack.push_async_callback(app.state.database.engine.dispose)
        for context in LIFESPANS:
            await stack.enter_async_context(context(app))
        yield


def create_app(settings: Settings | None = None) -> FastAPI:
    """A new application. Without `settings` it reads them from the environment."""
    settings = settings or load_settings()
    logs.configure(settings)
    telemetry: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
    app = Service(
        title="City library",
        description='Lends "books" & more.',
        version="v1",
        lifespan=lifespan,
        openapi_url="/openapi.json" if settings.serves_documentation else None,
        redirect_slashes=False,
        max_body_size=settings.max_body_bytes,
        telemetry=telemetry,
        generate_unique_id_function=operation_id,
    )
    app.state.settings = settings
    errors.install(app)
    app.include_router(health.router)
    rate_limit.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    passwords.configure(settings)
    app.state.access_tokens = AccessTokens(settings)
    return app


def operation_id(route: APIRoute) -> str:
    """The name of the function: unique, and the name that generated clients will use."""
    return route.name
