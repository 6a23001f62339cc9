"""A real Prometheus reads what a real service shows, and the dashboard's queries find it there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import httpx2
import pytest
from generated.cluster import children, free_port, is_required, wait_until
from generated.databases import empty_database
from generated.projects import Project, made
from generated.server import Server, migrate, serve, sign_up

from generator.spec.model import Engine

SPEC = """
scaffold: 1
service: {{name: measured}}
database: {engine}
features: {{metrics: prometheus}}
resources:
  tag:
    fields:
      name: string(1..50) unique
    access: {{read: public}}
"""
ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.proof))
RULES = ("ServiceDown", "ManyErrors", "SlowAnswers", "NoConnectionsLeft", "EventLoopLags")
REQUESTS = 40
START_SECONDS = 30


@pytest.fixture
def measured(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """A project with metrics, on an engine."""
    engine: Engine = request.param
    return made("measured", engine, SPEC.format(engine=engine), tmp_path / "project")


@contextmanager
def running(project: Project, folder: Path, workers: int) -> Iterator[tuple[Server, str]]:
    """The service, and where it shows its metrics."""
    port = str(free_port())
    with empty_database(project.engine, folder) as url:
        migrate(project, url)
        with serve(project, url, WORKERS=str(workers), METRICS_PORT=port) as server:
            yield server, f"http://127.0.0.1:{port}"


def asked(metrics: str) -> float:
    """How many lists of tags have been counted."""
    line = 'http_requests_total{method="GET",route="/api/v1/tags",status="200"}'
    found = [row for row in httpx2.get(f"{metrics}/metrics").text.splitlines() if line in row]
    return float(found[0].split()[-1]) if found else 0.0


def ask(server: Server) -> None:
    """Ask for the list of tags, each time over a connection of its own."""
    for _ in range(REQUESTS):
        with server.connect() as client:
            assert client.get("/tags").status_code == 200


@pytest.mark.parametrize("measured", ENGINES, indirect=True)
def test_a_prometheus_finds_what_the_dashboard_shows(measured: Project, tmp_path: Path) -> None:
    with (
        running(measured, tmp_path, workers=1) as (server, metrics),
        prometheus(measured, metrics, tmp_path) as url,
    ):
        sign_up(server)
        wait_until(lambda: query(url, "up") == [1.0], START_SECONDS)
        for _ in range(3):
            ask(server)
            time.sleep(1)
        assert rules(url) == dict.fromkeys(RULES, "ok")
        for title, expression in dashboard(measured):
            found = query(url, expression.replace("$__rate_interval", "10s"))
            assert found, (title, expression)


@pytest.mark.parametrize("measured", ["sqlite"], indirect=True)
def test_workers_are_added_up_and_one_that_dies_takes_nothing_away(
    measured: Project, tmp_path: Path
) -> None:
    with running(measured, tmp_path, workers=2) as (server, metrics):
        ask(server)
        assert asked(metrics) == REQUESTS
        os.kill(max(children(server.process.pid)), signal.SIGKILL)
        wait_until(server.is_live, START_SECONDS)
        ask(server)
        assert asked(metrics) == 2 * REQUESTS
        assert httpx2.get(f"{server.url}/metrics").status_code == 404


@pytest.mark.parametrize("measured", ["sqlite"], indirect=True)
def test_promtool_takes_everything_as_it_is(measured: Project, tmp_path: Path) -> None:
    deploy = measured.folder / "deploy/prometheus"
    promtool("check", "config", str(deploy / "prometheus.yml"))
    promtool("check", "rules", "--lint-fatal", str(deploy / "alerts.yml"))
    with running(measured, tmp_path, workers=1) as (server, metrics):
        ask(server)
        promtool("check", "metrics", said=httpx2.get(f"{metrics}/metrics").text)


def promtool(*arguments: str, said: str | None = None) -> None:
    """Have Prometheus's own tool look at something; a complaint fails the test."""
    program = required("promtool")
    done = subprocess.run(
        [program, *arguments], input=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def required(program: str) -> str:
    """Where a program is; without it the test is skipped, unless the servers are required."""
    found = which(program)
    if found is None:
        assert not is_required("postgresql"), f"{program} is not on this machine"
        pytest.skip(f"{program} is not on this machine")
    return found


@contextmanager
def prometheus(project: Project, metrics: str, folder: Path) -> Iterator[str]:
    """A Prometheus with the project's own configuration, in a hurry; its URL."""
    program, port = required("prometheus"), free_port()
    written = (project.folder / "deploy/prometheus/prometheus.yml").read_text("utf-8")
    hurried = written.replace("app:9464", metrics.removeprefix("http://")).replace("15s", "1s")
    configuration = project.folder / "deploy/prometheus/hurried.yml"
    configuration.write_text(hurried, "utf-8")
    arguments = [
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=error",
    ]
    process = subprocess.Popen([program, *arguments], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def query(url: str, expression: str) -> list[float]:
    """What Prometheus answers to a query, one value for each series; nothing while it starts."""
    try:
        answer = httpx2.get(f"{url}/api/v1/query", params={"query": expression})
    except httpx2.TransportError:
        return []
    if answer.status_code == httpx2.codes.SERVICE_UNAVAILABLE:
        return []
    said: dict[str, Any] = answer.json()
    assert said["status"] == "success", said
    return [float(series["value"][1]) for series in said["data"]["result"]]


def rules(url: str) -> dict[str, str]:
    """Every rule for an alert, and whether Prometheus can work it out."""
    groups = httpx2.get(f"{url}/api/v1/rules").json()["data"]["groups"]
    return {rule["name"]: rule["health"] for group in groups for rule in group["rules"]}


def dashboard(project: Project) -> Iterator[tuple[str, str]]:
    """The title of each panel, and each of its queries."""
    text = (project.folder / "deploy/grafana/dashboards/service.json").read_text("utf-8")
    for panel in json.loads(text)["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
