"""What is measured is shown on a port of its own, and nowhere else."""

import os
import socket
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from unittest.mock import AsyncMock, Mock
from urllib.request import urlopen

import pytest
import uvicorn
from httpx2 import AsyncClient

from app import server
from app.metrics.collection import Workers
from app.metrics.exporter import FOLDER, export
from app.settings import ConfigurationError, Settings

WORKER = """
from app.metrics.instruments import LAG, REQUESTS
REQUESTS.labels("GET", "/here", 200).inc(3)
LAG.set(0.5)
"""


@pytest.fixture
def shown(settings: Settings) -> Settings:
    """Settings with a port for metrics that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    return settings.model_copy(update={"metrics_port": port})


def read(settings: Settings) -> str:
    with urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics", timeout=5) as answer:
        text: bytes = answer.read()
    return text.decode()


def test_serving_shows_the_metrics(shown: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "load_settings", lambda: shown)
    monkeypatch.setattr(server, "require_port", Mock())
    monkeypatch.setattr(server, "require_tables", AsyncMock())
    monkeypatch.setattr(uvicorn, "run", Mock())

    server.serve(Namespace(reload=False))

    assert "http_request_duration_seconds" in read(shown)


def test_port_0_shows_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    none = settings.model_copy(update={"metrics_port": 0})
    started = Mock()
    monkeypatch.setattr("app.metrics.collection.start_http_server", started)
    export(none, is_shared=False, process=False)
    assert not started.called


def test_a_port_that_is_taken_is_told(shown: Settings) -> None:
    taken = socket.create_server(("127.0.0.1", shown.metrics_port))
    with taken, pytest.raises(ConfigurationError, match=f"{shown.metrics_port}.*METRICS_PORT"):
        export(shown, is_shared=False, process=False)


async def test_clients_of_the_api_see_none(client: AsyncClient) -> None:
    assert (await client.get("http://test/metrics")).status_code == 404


def test_what_workers_count_is_added_up_and_kept_when_they_end(tmp_path: Path) -> None:
    for _ in range(2):
        environment = os.environ | {FOLDER: str(tmp_path)}
        subprocess.run([sys.executable, "-c", WORKER], env=environment, check=True)
    found = {
        sample.name: sample.value
        for metric in Workers(tmp_path).collect()
        for sample in metric.samples
    }
    assert found["http_requests_total"] == 6
    assert "event_loop_lag_seconds" not in found
