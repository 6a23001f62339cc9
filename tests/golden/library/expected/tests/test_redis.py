"""Production has a Redis that all workers share; anybody else may do without."""

from argparse import Namespace
from unittest.mock import AsyncMock, Mock

import pytest
import uvicorn
from pydantic import SecretStr

from app import server
from app.settings import ConfigurationError, Settings


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What serves, where nothing else is missing that it requires."""
    others = {name for name in vars(server) if name.startswith("require_")} - {"require_redis"}
    for name in others:
        monkeypatch.setattr(server, name, Mock())
    monkeypatch.setattr(server, "require_tables", AsyncMock())
    run = Mock()
    monkeypatch.setattr(uvicorn, "run", run)
    return run


def serve(settings: Settings, monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    monkeypatch.setattr(server, "load_settings", lambda: settings.model_copy(update=changed))
    server.serve(Namespace(reload=False))


def test_production_does_not_start_without_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, run: Mock
) -> None:
    with pytest.raises(ConfigurationError, match="REDIS_URL"):
        serve(settings, monkeypatch, environment="production", redis_url=None)
    assert not run.called


@pytest.mark.parametrize(
    ("environment", "url"), [("production", "redis://127.0.0.1:6379/0"), ("development", None)]
)
def test_it_starts_otherwise(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    run: Mock,
    environment: str,
    url: str | None,
) -> None:
    redis_url = None if url is None else SecretStr(url)
    serve(settings, monkeypatch, environment=environment, redis_url=redis_url)
    assert run.called
