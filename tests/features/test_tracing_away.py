"""A collector that is away, hangs or refuses costs traces, and no request anything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import psutil
import pytest
from generated.cluster import free_port, wait_until
from generated.databases import empty_database
from generated.projects import Project, made
from generated.server import Server, migrate, serve

from features.collector import Collector, collecting

pytestmark = pytest.mark.proof

SPEC = """
scaffold: 1
service: {name: traced}
features: {tracing: opentelemetry}
resources:
  tag:
    fields:
      name: string(1..50) unique
    access: {read: public}
"""
REQUESTS = 1200
"""Each of two spans: more than twice what may wait."""
MAX_QUEUE_SIZE = 1024
CLIENTS = 8
SECONDS = 60
GROWTH = 32 * 2**20
"""Bytes that the process may have come to hold meanwhile, with what waits for the collector."""


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with traces."""
    return made("traced", "sqlite", SPEC, tmp_path_factory.mktemp("away") / "project")


class Trouble:
    """A collector that is in trouble until it recovers."""

    def __init__(self, kind: str) -> None:
        self.kind, self.port = kind, free_port()
        self._stack = ExitStack()
        self.collector: Collector | None = None
        if kind != "away":
            self.start()
        if kind == "hangs" and self.collector:
            self.collector.go_on.clear()
        if kind == "refuses" and self.collector:
            self.collector.status = 503

    @property
    def url(self) -> str:
        """Where it is, or will be."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Be there."""
        self.collector = self._stack.enter_context(collecting(self.port))

    def recover(self) -> Collector:
        """Be well."""
        if self.collector is None:
            self.start()
        assert self.collector is not None
        self.collector.status = 200
        self.collector.go_on.set()
        return self.collector

    def end(self) -> None:
        """Be gone."""
        self._stack.close()


@pytest.fixture(params=["away", "hangs", "refuses"])
def trouble(request: pytest.FixtureRequest) -> Iterator[Trouble]:
    """A collector in trouble."""
    trouble = Trouble(request.param)
    yield trouble
    trouble.end()


@contextmanager
def served(project: Project, folder: Path, collector: str) -> Iterator[Server]:
    """The service on an empty database."""
    settings = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
        "OTEL_BSP_MAX_QUEUE_SIZE": str(MAX_QUEUE_SIZE),
    }
    with empty_database("sqlite", folder) as url:
        migrate(project, url)
        with serve(project, url, **settings) as server:
            yield server


def load(server: Server, requests: int) -> Counter[int]:
    """The answers to so many requests of several clients."""

    def several(count: int) -> list[int]:
        with httpx2.Client(timeout=SECONDS) as client:
            url = f"{server.url}{server.prefix}/tags"
            return [client.get(url).status_code for _ in range(count)]

    with ThreadPoolExecutor(CLIENTS) as many:
        found = many.map(several, [requests // CLIENTS] * CLIENTS)
        return Counter(status for statuses in found for status in statuses)


def told(server: Server, event: str) -> list[dict[str, object]]:
    """The lines of the log that say so."""
    lines = map(json.loads, server.log.read_text("utf-8").splitlines())
    return [line for line in lines if line["event"] == event]


def test_no_request_is_harmed(traced: Project, trouble: Trouble, tmp_path: Path) -> None:
    with served(traced, tmp_path, trouble.url) as server:
        assert load(server, 400) == {200: 400}
        process = psutil.Process(server.process.pid)
        before = process.memory_info().rss
        assert load(server, REQUESTS) == {200: REQUESTS}
        assert process.memory_info().rss - before < GROWTH
        wait_until(lambda: bool(told(server, "traces are lost")), SECONDS)
        (lost,) = told(server, "traces are lost")
        assert lost["reason"]

        collector = trouble.recover()
        wait_until(lambda: ask_for_news(server), SECONDS)
        (back,) = told(server, "traces are taken again")
        assert isinstance(back["lost_spans"], int)
        assert back["lost_spans"] > 0
        assert collector.spans
        assert len(told(server, "traces are lost")) == 1
        assert "Traceback" not in server.log.read_text("utf-8")


def ask_for_news(server: Server) -> bool:
    """Whether traces are taken again, of which there is a new one."""
    load(server, CLIENTS)
    return bool(told(server, "traces are taken again"))


def test_it_ends_all_the_same(traced: Project, trouble: Trouble, tmp_path: Path) -> None:
    with served(traced, tmp_path, trouble.url) as server:
        assert load(server, 400) == {200: 400}
        server.terminate()
        assert told(server, "Application shutdown complete.")
