"""The service with limits that a test can reach."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient

from app.database import Database
from app.main import create_app
from app.settings import Settings

LIMITS = {
    "rate_limits": True,
    "rate_limit_overall": "6/hour",
    "rate_limit_route": "3/hour",
    "rate_limit_strict": "2/hour",
}


@asynccontextmanager
async def running(settings: Settings, **changed: Any) -> AsyncGenerator[FastAPI]:
    """Run the service with small limits."""
    app = create_app(settings.model_copy(update=LIMITS | changed))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def limited(settings: Settings, database: Database) -> AsyncGenerator[FastAPI]:
    """The running service with small limits."""
    async with running(settings) as app:
        yield app


def caller(app: FastAPI, address: str = "192.0.2.1") -> AsyncClient:
    """A client that calls from an address."""
    transport = ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
    return AsyncClient(transport=transport, base_url="http://test")
