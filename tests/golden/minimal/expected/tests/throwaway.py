"""A service with routes that misbehave, to see what is around every route."""

from collections.abc import AsyncGenerator
from typing import Annotated

import pytest
from fastapi import Body, FastAPI
from httpx2 import AsyncClient

from app.errors import ConflictError
from app.main import create_app
from app.settings import Settings
from tests.conftest import connect

ROOT = "http://test"
MAX_BODY = 8192
FAULT = "engine://app:the-password@database/app went away"
"""What must be read in the log alone."""


@pytest.fixture
def throwaway(settings: Settings) -> FastAPI:
    """The service with a few routes more, and small bodies."""
    app = create_app(settings.model_copy(update={"max_body_bytes": MAX_BODY}))

    @app.get("/fails")
    async def fail() -> None:
        raise RuntimeError(FAULT)

    @app.get("/refuses")
    async def refuse() -> None:
        raise ConflictError

    @app.post("/numbers")
    async def add(numbers: Annotated[dict[str, list[int]], Body()]) -> int:
        return sum(map(sum, numbers.values()))

    @app.delete("/numbers")
    async def forget() -> None:
        return None

    return app


@pytest.fixture
async def visitor(throwaway: FastAPI) -> AsyncGenerator[AsyncClient]:
    """A client of the throwaway service."""
    async with connect(throwaway) as client:
        client.base_url = ROOT
        yield client
