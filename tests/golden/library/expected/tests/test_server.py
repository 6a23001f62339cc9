"""What the server is told."""

import socket
from argparse import Namespace
from contextlib import nullcontext
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest
import uvicorn

from app import server
from app.connections import Connection
from app.errors import DatabaseUnavailableError
from app.settings import ConfigurationError, Settings

require_port = server.require_port


@pytest.fixture(autouse=True)
def usable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that is free, and a database that nobody looks at."""
    monkeypatch.setattr(server, "require_port", Mock())
    monkeypatch.setattr(server, "require_tables", AsyncMock())


def test_the_server_says_nothing_of_itself_and_leaves_the_log_to_us(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}
    few = settings.model_copy(
        update={"port": 4711, "workers": 3, "shutdown_seconds": 7, "keep_alive_seconds": 3}
    )
    monkeypatch.setattr(server, "load_settings", lambda: few)
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: told.update(options, app=app))

    server.serve(Namespace(reload=False))

    expected = {
        "app": "app.server:application",
        "factory": True,
        "host": settings.host,
        "port": 4711,
        "workers": 3,
        "reload": False,
        "http": Connection,
        "timeout_keep_alive": 3,
        "timeout_graceful_shutdown": 7,
        "proxy_headers": False,
        "ws": "none",
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }
    assert {name: told.get(name) for name in expected} == expected


def test_proxies_are_believed_that_the_settings_name(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}
    proxied = settings.model_copy(update={"forwarded_allow_ips": "10.0.0.0/8"})
    monkeypatch.setattr(server, "load_settings", lambda: proxied)
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: told.update(options))

    server.serve(Namespace(reload=False))

    assert told["proxy_headers"]
    assert told["forwarded_allow_ips"] == "10.0.0.0/8"


@pytest.mark.parametrize(
    ("error", "served"),
    [(DatabaseUnavailableError(), True), (ConfigurationError("no tables"), False)],
    ids=["away", "unusable"],
)
def test_a_database_that_is_away_is_waited_for_and_no_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception, *, served: bool
) -> None:
    run = Mock()
    monkeypatch.setattr(server, "load_settings", lambda: settings)
    monkeypatch.setattr(server, "require_tables", AsyncMock(side_effect=error))
    monkeypatch.setattr(uvicorn, "run", run)

    with nullcontext() if served else pytest.raises(ConfigurationError):
        server.serve(Namespace(reload=False))

    assert run.called is served


@pytest.mark.parametrize(("host", "reason"), [("127.0.0.1", "another program"), ("192.0.2.1", "")])
def test_where_nothing_can_be_served_it_says_so(settings: Settings, host: str, reason: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = settings.model_copy(update={"host": host, "port": port})

        with pytest.raises(ConfigurationError, match=f"{host}, port {port}: {reason}"):
            require_port(busy)

    require_port(settings.model_copy(update={"host": "127.0.0.1", "port": port}))
