"""What the server is told."""

from argparse import Namespace
from typing import Any

import pytest
import uvicorn

from app import server
from app.settings import Settings


def test_the_server_says_nothing_of_itself_and_leaves_the_log_to_us(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}
    few = settings.model_copy(update={"port": 4711, "workers": 3, "shutdown_seconds": 7})
    monkeypatch.setattr(server, "load_settings", lambda: few)
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: told.update(options, app=app))

    server.serve(Namespace(reload=False))

    expected = {
        "app": "app.main:create_app",
        "factory": True,
        "host": settings.host,
        "port": 4711,
        "workers": 3,
        "reload": False,
        "timeout_graceful_shutdown": 7,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }
    assert {name: told.get(name) for name in expected} == expected
    assert "forwarded_allow_ips" not in told
