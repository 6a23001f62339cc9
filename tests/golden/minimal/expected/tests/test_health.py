"""A process that lives, and a service that can work: two questions, two answers."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from httpx2 import AsyncClient
from pydantic import SecretStr
from sqlalchemy import make_url

from app.main import create_app
from app.settings import Settings
from tests.conftest import connect
from tests.throwaway import ROOT


def away(url: str, folder: Path) -> str:
    """The URL of a database of the same kind that can't be reached."""
    if url.startswith("sqlite"):
        return f"sqlite+aiosqlite:///{folder / 'missing' / 'test.db'}"
    unused = make_url(url).set(host="127.0.0.1", port=1)
    return unused.render_as_string(hide_password=False)


@pytest.fixture
async def lonely(settings: Settings, tmp_path: Path) -> AsyncGenerator[AsyncClient]:
    """A client of a service whose database is away."""
    url = SecretStr(away(settings.database_url.get_secret_value(), tmp_path))
    app = create_app(settings.model_copy(update={"database_url": url}))
    async with app.router.lifespan_context(app), connect(app) as client:
        yield client


@pytest.mark.parametrize("question", ["live", "ready"])
async def test_a_service_that_is_well_says_so(client: AsyncClient, question: str) -> None:
    answer = await client.get(f"{ROOT}/health/{question}")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


async def test_without_its_database_the_service_is_not_ready(lonely: AsyncClient) -> None:
    answer = await lonely.get(f"{ROOT}/health/ready")

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "database-unavailable"
    assert "test.db" not in answer.text


async def test_without_its_database_the_process_lives(lonely: AsyncClient) -> None:
    assert (await lonely.get(f"{ROOT}/health/live")).status_code == 200
