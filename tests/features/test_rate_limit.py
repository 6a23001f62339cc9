"""Limits hold over the workers of a server; a Redis that is away stops nothing but guesses."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from generated.cluster import Cluster, Software
from generated.databases import empty_database
from generated.projects import Project, made
from generated.server import Server, migrate, serve

SPEC = """
scaffold: 1
service: {name: limited}
features: {rate_limit: redis}
resources:
  tag:
    fields:
      name: string(1..50) unique
    access: {read: public}
"""
TAGS, LOGIN = "/tags", "/auth/login"
GUESS = {"email": "ada@example.com", "password": "a guess that is wrong"}
SETTINGS = {
    "RATE_LIMITS": "true",
    "RATE_LIMIT_OVERALL": "100/hour",
    "RATE_LIMIT_ROUTE": "40/hour",
    "RATE_LIMIT_STRICT": "5/hour",
}
SOON = 1.0
"""Seconds in which a request is answered whose count can't be had."""


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that counts its requests in Redis."""
    return made("limited", "sqlite", SPEC, tmp_path_factory.mktemp("limited") / "project")


@pytest.fixture
def redis(clusters: Callable[[Software], Cluster]) -> Iterator[Cluster]:
    """A Redis with nothing in it, which a test may harm."""
    server = clusters("redis")
    server.crash()
    server.start()
    yield server
    server.thaw()
    if server.process is None:
        server.start()


@pytest.fixture
def service(limited: Project, redis: Cluster, tmp_path: Path) -> Iterator[Server]:
    """The service in two processes."""
    with empty_database("sqlite", tmp_path) as url:
        migrate(limited, url)
        with serve(limited, url, WORKERS="2", REDIS_URL=redis.url, **SETTINGS) as server:
            yield server


def ask(server: Server, path: str, times: int) -> Counter[int]:
    """The answers to so many requests, each over a connection of its own."""

    def once(_: int) -> int:
        with server.connect() as client:
            if path == LOGIN:
                return client.post(path, json=GUESS).status_code
            return client.get(path).status_code

    with ThreadPoolExecutor(8) as many:
        return Counter(many.map(once, range(times)))


def test_the_workers_count_together(service: Server) -> None:
    assert ask(service, TAGS, 60) == {200: 40, 429: 20}
    assert ask(service, LOGIN, 8) == {401: 5, 429: 3}
    # 68 were counted so far, whatever came of them.
    assert ask(service, "/no/such/path", 40) == {404: 32, 429: 8}


def test_a_redis_that_is_away_stops_nothing_but_guesses(service: Server, redis: Cluster) -> None:
    assert ask(service, TAGS, 45)[429] == 5
    redis.crash()
    assert ask(service, TAGS, 20) == {200: 20}
    assert ask(service, LOGIN, 3) == {503: 3}
    redis.start()
    assert_counts_again(service)


def test_a_redis_that_hangs_holds_nobody_up(service: Server, redis: Cluster) -> None:
    redis.freeze()
    with service.connect() as client:
        for _ in range(20):
            started = time.monotonic()
            assert client.get(TAGS).status_code == 200
            assert time.monotonic() - started < SOON
        assert client.post(LOGIN, json=GUESS).status_code == 503
    redis.thaw()
    assert_counts_again(service)


def assert_counts_again(server: Server) -> None:
    """Within seconds each worker has found Redis again."""
    with httpx2.Client() as client:
        deadline = time.monotonic() + 10
        found: list[bool] = []
        while found[-20:] != [True] * 20:
            assert time.monotonic() < deadline
            answer = client.get(server.url + server.prefix + TAGS)
            found.append("ratelimit" in answer.headers)
            time.sleep(0.05)
