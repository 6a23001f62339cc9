"""What the tests share: a database that is empty before each test, and a client of the service.

Each worker of a parallel run uses a database of its own, which `tests/databases.py` makes.
"""

import io
import logging
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from pydantic import SecretStr

from app import logs
from app.database import Database
from app.main import create_app
from app.settings import Settings
from tests.databases import create_tables, empty_tables, worker_database

pytest_plugins = [
    "tests.throwaway",
    "tests.rate_limit.fixtures",
    "tests.cheap_passwords",
    "tests.auth.fixtures",
    "tests.auth.newcomers",
]


@pytest.fixture(scope="session")
async def settings(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Settings]:
    """The settings of the service under test."""
    folder: Path = tmp_path_factory.mktemp("database")
    async with worker_database(folder) as url:
        yield Settings(
            _env_file=None,
            environment="test",
            database_url=SecretStr(url),
            log_level="WARNING",
            database_timeout_seconds=30.0,  # a busy machine is no fault of the service's
            rate_limits=False,
            metrics_port=0,
        )


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncGenerator[FastAPI]:
    """The running service, with its tables."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        await create_tables(app.state.database.engine)
        yield app


@pytest.fixture
async def database(app: FastAPI) -> Database:
    """The service's database, with empty tables."""
    database: Database = app.state.database
    await empty_tables(database.engine)
    return database


@pytest.fixture
async def client(app: FastAPI, database: Database) -> AsyncGenerator[AsyncClient]:
    """A client of the API, which says nothing of who it is."""
    async with connect(app) as client:
        yield client


@pytest.fixture
def logged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Generator[io.StringIO]:
    """What the service logs, the lines of its requests included."""
    monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)
    monkeypatch.setattr("app.middleware.log", structlog.get_logger("app.access"))
    monkeypatch.setattr("app.refusals.log", structlog.get_logger("app.refusals"))
    stream = io.StringIO()
    with monkeypatch.context() as output:  # pytest swaps the real one before the test begins
        output.setattr("app.logs.sys", SimpleNamespace(stdout=stream))
        logs.configure(settings.model_copy(update={"log_level": "INFO"}))
        yield stream
    logs.configure(settings)


def connect(app: FastAPI) -> AsyncClient:
    """A new client of the service; an error of ours is a 500, as it is for a real one."""
    transport = ASGITransport(app, raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://test/api/v1")
