"""A cache answers as the database would, whatever is written, and is no loss while it is away."""

from __future__ import annotations

import asyncio
import random
import re
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import httpx2
import pytest
import sqlalchemy as sa
from generated.cluster import Cluster, Software, free_port, wait_until
from generated.databases import ask, empty_database
from generated.projects import Project, made
from generated.server import Server, migrate, serve, sign_up
from sqlalchemy.ext.asyncio import create_async_engine

from features.library import SPEC, Library, Operation
from generator.spec.model import Engine

KINDS: tuple[tuple[str, Engine], ...] = (
    ("redis", "postgresql"),
    ("memcached", "sqlite"),
    ("memory", "sqlite"),
    ("redis", "sqlite"),
    ("memcached", "mariadb"),
)
SOFTWARE: dict[str, Software] = {"redis": "redis", "memcached": "memcached"}
ROUNDS = 4
"""How often each write is tried."""
READS = 6
"""How many reads come after each, every one of them twice."""
TRIES = 5
CROWD = 50
PATIENCE = {"REDIS_TIMEOUT_SECONDS": "30", "MEMCACHED_TIMEOUT_SECONDS": "30"}
"""For a busy machine, whose slowness is no fault of the cache's."""
SOON = 10.0
"""Seconds in which a cache that has come back is used again."""

SHORT = 2
"""Of the kinds that a test is run for, those that the shorter proof takes."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process of the service, and where it shows what it has counted."""

    server: Server
    metrics: int

    def counted(self, outcome: str) -> int:
        """How many reads came to that."""
        text = httpx2.get(f"http://127.0.0.1:{self.metrics}/metrics").text
        line = rf'^cache_reads_total{{outcome="{outcome}"}} (\S+)$'
        found = re.search(line, text, re.MULTILINE)
        return int(float(found[1])) if found else 0


class Service:
    """A library on one database, served by several processes with and without a cache."""

    def __init__(self, kind: str, engine: Engine, folder: Path, stack: ExitStack) -> None:
        self._stack = stack
        self._key = secrets.token_urlsafe(48)
        self._prefix = secrets.token_hex(8)  # another database is another service
        self._cached = library(engine, f"cache: {kind}, metrics: prometheus", "cache: 1h", folder)
        self._plain = library(engine, "metrics: prometheus", "", folder / "without")
        self.url = stack.enter_context(empty_database(engine, folder))
        migrate(self._plain, self.url)

    def worker(self, **settings: str) -> Worker:
        """One more process, with the cache."""
        port = free_port()
        own = {"SECRET_KEY": self._key, "CACHE_PREFIX": self._prefix, "METRICS_PORT": str(port)}
        settings = {**PATIENCE, **own, **settings}
        return Worker(self._stack.enter_context(serve(self._cached, self.url, **settings)), port)

    def without_cache(self) -> Server:
        """A process of the same service that has no cache."""
        return self._stack.enter_context(serve(self._plain, self.url, SECRET_KEY=self._key))


def library(engine: Engine, features: str, cached: str, folder: Path) -> Project:
    """The project of a library."""
    spec = SPEC.format(engine=engine, features=features, cache=cached)
    return made("library", engine, spec, folder / "project")


@pytest.fixture
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """The service that a test is about."""
    kind, engine = request.param
    with ExitStack() as stack:
        yield Service(kind, engine, tmp_path, stack)


def each(*kinds: tuple[str, Engine]) -> pytest.MarkDecorator:
    """Runs a test for kinds of a cache on engines."""
    told = [
        pytest.param(
            kind,
            id="-".join(kind),
            marks=pytest.mark.proof if place < SHORT else pytest.mark.thorough,
        )
        for place, kind in enumerate(kinds)
    ]
    return pytest.mark.parametrize("service", told, indirect=True)


@each(*KINDS)
def test_whatever_is_written_is_seen_at_once(
    service: Service, request: pytest.FixtureRequest
) -> None:
    alone = "memory" in request.node.callspec.id
    one = service.worker()
    two = one if alone else service.worker()
    plain = service.without_cache()
    visitor = Library(plain, random.Random(61))
    visitor.open()
    done: dict[str, set[int]] = {}
    found = 0
    for number in range(ROUNDS):
        for operation in visitor.writes(in_order=number % 2 == 0):
            status = write(visitor, operation, [one.server, two.server])
            assert status < 500
            done.setdefault(f"{operation.method} {operation.path}", set()).add(status // 100)
            found += compare(visitor, [one.server, two.server, plain])
        assert visitor.let_somebody_go(two.server) == 204
        found += compare(visitor, [one.server, two.server, plain])
    visitor.close()
    assert [name for name, kinds in done.items() if 2 not in kinds] == []
    hits = sum(worker.counted("hit") for worker in {one, two})
    assert hits >= found > 0


def write(visitor: Library, operation: Operation, servers: list[Server]) -> int:
    """Do it somewhere as somebody, again where the rows were gone already: the status."""
    status = 0
    for _ in range(TRIES):
        caller = visitor.chance.choice(["ada", "admin"])
        status = visitor.write(operation, visitor.chance.choice(servers), caller)
        if status < 400:
            break
    return status


def compare(visitor: Library, servers: list[Server]) -> int:
    """See that all give the same answers to the same questions; how many answers there were."""
    found = 0
    for operation in visitor.chance.sample(visitor.reads(), READS):
        caller, url = visitor.question(operation)
        answers = [visitor.client(server, caller).get(url) for server in servers]
        *cached, expected = answers
        said = [(answer.status_code, content(answer)) for answer in answers]
        assert said == [said[-1]] * len(said), (caller, url)
        versions = [answer.headers["etag"] for answer in cached if "etag" in expected.headers]
        assert set(versions) <= {expected.headers.get("etag")}, (caller, url)
        found += expected.status_code == 200
    return found


def content(answer: httpx2.Response) -> object:
    """What an answer says, the id of its request aside."""
    if answer.status_code == 200:
        return answer.content
    return {**answer.json(), "request_id": None}


@each(("memory", "sqlite"), ("redis", "sqlite"), ("memcached", "sqlite"))
def test_a_hit_asks_the_database_nothing(service: Service) -> None:
    worker = service.worker()
    with worker.server.connect(sign_up(worker.server)) as client:
        url = f"/shelves/{new_shelf(client)}"
        assert height(client, url) == 1
        ask(service.url, "UPDATE shelves SET height = 7")  # past the service
        assert height(client, url) == 1
        new_shelf(client)
        assert height(client, url) == 7
    assert (worker.counted("hit"), worker.counted("miss")) == (1, 2)


def new_shelf(client: httpx2.Client) -> str:
    """The id of a new shelf."""
    answer = client.post("/shelves", json={"name": secrets.token_hex(8)})
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def height(client: httpx2.Client, url: str) -> int:
    """How high a shelf is said to be."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    found: int = answer.json()["height"]
    return found


@each(("redis", "postgresql"), ("memcached", "postgresql"))
def test_of_a_crowd_at_two_workers_one_asks_the_database(service: Service) -> None:
    servers = [service.worker().server, service.worker().server]
    lists = [f"{server.url}{server.prefix}/shelves" for server in servers] * (CROWD // 2)
    waiting, statuses = asyncio.run(crowd(service.url, lists))
    assert max(waiting) == 1
    assert statuses == [200] * CROWD


async def crowd(database_url: str, urls: list[str]) -> tuple[list[int], list[int]]:
    """Ask for shelves, all at once, while nobody can read them: how many statements wait for that
    at a time, and what the answers are once one can.
    """
    locked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    engine = create_async_engine(database_url, poolclass=sa.NullPool)
    async with (
        engine.connect() as holder,
        engine.connect() as watcher,
        httpx2.AsyncClient(timeout=30) as client,
    ):
        await holder.exec_driver_sql("LOCK TABLE shelves IN ACCESS EXCLUSIVE MODE")
        asked = [asyncio.create_task(client.get(url)) for url in urls]
        waiting = []
        for _ in range(20):
            await asyncio.sleep(0.05)
            waiting.append((await watcher.exec_driver_sql(locked)).scalar_one())
            await watcher.rollback()
        await holder.rollback()
        answers = await asyncio.gather(*asked)
    await engine.dispose()
    return waiting, [answer.status_code for answer in answers]


@each(("redis", "sqlite"), ("memcached", "sqlite"))
def test_a_cache_that_goes_away_and_comes_back_tells_nothing_old(
    service: Service, request: pytest.FixtureRequest, clusters: Callable[[Software], Cluster]
) -> None:
    kind, _, _ = request.node.callspec.id.partition("-")
    store = clusters(SOFTWARE[kind])
    settings = {f"{kind.upper()}_URL": store.url, f"{kind.upper()}_TIMEOUT_SECONDS": "0.25"}
    one, two = service.worker(**settings), service.worker(**settings)
    with one.server.connect(sign_up(one.server)) as client:
        url = f"/shelves/{new_shelf(client)}"
        traffic = Traffic(one.server, client, url)
        with ThreadPoolExecutor(4) as many:
            running = [many.submit(traffic.write), *(many.submit(traffic.read) for _ in range(3))]
            for harm, heal in ((store.freeze, store.thaw), (store.crash, store.start)):
                time.sleep(1)
                harm()
                time.sleep(2)
                heal()
                time.sleep(2)
            traffic.over.set()
            for one_of_them in running:
                one_of_them.result()
        before = one.counted("hit")
        wait_until(lambda: height(client, url) > 0 and one.counted("hit") > before, SOON)
        with two.server.connect() as other:
            wait_until(lambda: height(other, url) == traffic.written, SOON)
    assert one.counted("away") > 0


class Traffic:
    """Somebody who writes ever greater numbers, and others who read them, at one worker.

    Nobody reads one that is less than what had been written before they asked.
    """

    def __init__(self, server: Server, writer: httpx2.Client, url: str) -> None:
        self._server, self._writer, self._url = server, writer, url
        self.written = 1
        self.over = Event()

    def write(self) -> None:
        """Write the next number, again and again."""
        while not self.over.is_set():
            number = self.written + 1
            answer = self._writer.patch(self._url, json={"height": number})
            assert answer.status_code == 200, answer.text
            self.written = number
            time.sleep(0.02)

    def read(self) -> None:
        """Read the number, again and again."""
        with self._server.connect() as client:
            while not self.over.is_set():
                before = self.written
                assert height(client, self._url) >= before
