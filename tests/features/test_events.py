"""Every committed change arrives, in the order of its row, whatever dies; and nothing else does."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import jsonschema
import pytest
from generated.cluster import wait_until
from generated.databases import ask, empty_database
from generated.projects import Project, environment, made
from generated.server import SETTINGS, Server, migrate, serve

from features.brokers import BROKERS, SERVICE, Arrival, Broker
from features.library import SPEC, Library, Operation
from generator.spec.model import Engine

KINDS: tuple[tuple[str, Engine], ...] = (
    ("rabbitmq", "postgresql"),
    ("nats", "mariadb"),
    ("kafka", "sqlite"),
    ("redis", "sqlite"),
    ("rabbitmq", "sqlite"),
    ("rabbitmq", "mariadb"),
    ("nats", "postgresql"),
    ("nats", "sqlite"),
    ("kafka", "postgresql"),
    ("kafka", "mariadb"),
    ("redis", "postgresql"),
    ("redis", "mariadb"),
)
SHORT = 1
"""Of these, those that the shorter proof takes."""
ROUNDS = 3
"""How often each write is tried while things die."""
TRIES = 5
PATIENCE = 120.0
"""Seconds in which all that waits is handed over once everything is there again."""
AWAY_SECONDS = 2.0
"""For how long the broker is away at least, while somebody writes."""
RESOURCES = ("shelf", "book", "chapter", "label", "sticker", "tag", "note")
PLURALS = {"shelf": "shelves"}
STANDARD = Path(__file__).parent / "standards" / "asyncapi-3.0.0.json"


class Service:
    """A library, served by one process, and relays that hand its events to a broker."""

    def __init__(self, kind: str, engine: Engine, folder: Path, stack: ExitStack) -> None:
        self._stack = stack
        spec = SPEC.format(
            engine=engine, features=f"events: {kind}", cache="events: [created, updated, deleted]"
        )
        self.project: Project = made(SERVICE, engine, spec, folder / "project")
        self.broker: Broker = stack.enter_context(BROKERS[kind]())
        self.url = stack.enter_context(empty_database(engine, folder))
        self._folder = folder
        migrate(self.project, self.url)

    def worker(self, **settings: str) -> Server:
        """A process of the API."""
        told = {**self.broker.settings, **settings}
        return self._stack.enter_context(serve(self.project, self.url, **told))

    def command(self, name: str, **settings: str) -> subprocess.Popen[bytes]:
        """A process of a command, killed at the end where it still runs."""
        return self._stack.enter_context(self._running(name, settings))

    @contextmanager
    def _running(self, name: str, more: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        told = {**SETTINGS, "ENVIRONMENT": "development", **self.broker.settings, **more}
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "app", name],
                cwd=self.project.folder,
                env=environment(DATABASE_URL=self.url, **told),
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def log(self, name: str) -> str:
        """What the processes of a command have said."""
        return (self._folder / f"{name}.log").read_text("utf-8")

    def written(self) -> list[dict[str, Any]]:
        """The events that were committed with a change, in their order."""
        rows = ask(self.url, "SELECT content FROM _events ORDER BY id")
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in rows]

    def waiting(self) -> int:
        """How many have not been handed over."""
        count = ask(self.url, "SELECT count(*) FROM _events WHERE delivered_at IS NULL")[0][0]
        return int(count)

    def seen(self) -> set[str]:
        """What the consumer has dealt with."""
        rows = ask(self.url, "SELECT event FROM _seen_events")
        return {row[0] for row in rows}


@pytest.fixture
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """The service that a test is about."""
    kind, engine = request.param
    with ExitStack() as stack:
        yield Service(kind, engine, tmp_path, stack)


def each(*kinds: tuple[str, Engine], short: int = SHORT) -> pytest.MarkDecorator:
    """Runs a test for brokers and engines."""
    told = [
        pytest.param(
            kind,
            id="-".join(kind),
            marks=pytest.mark.proof if place < short else pytest.mark.thorough,
        )
        for place, kind in enumerate(kinds)
    ]
    return pytest.mark.parametrize("service", told, indirect=True)


@each(*KINDS)
def test_every_change_arrives_whatever_dies(service: Service) -> None:
    """What others have heard, added up, is what there is: nothing is missing, and nothing false."""
    service.broker.listen()
    server = service.worker()
    relays = [service.command("events"), service.command("events")]
    consumer = service.command("consume")
    visitor = Library(server, random.Random(64))
    visitor.open()

    write_for_a_while(visitor, server, rounds=1)
    relays[0].send_signal(signal.SIGKILL)
    service.broker.outage.begin()
    began = time.monotonic()
    while time.monotonic() - began < AWAY_SECONDS or not service.waiting():
        write_for_a_while(visitor, server, rounds=1)
        assert httpx2.get(f"{server.url}/health/ready").status_code == 200
    service.broker.outage.end()
    relays.append(service.command("events"))
    consumer.send_signal(signal.SIGKILL)
    service.command("consume")

    writing = Thread(target=write_for_a_while, args=(visitor, server), kwargs={"rounds": ROUNDS})
    writing.start()
    wait_until(lambda: service.waiting() > 0, PATIENCE)
    relays[1].send_signal(signal.SIGKILL)
    writing.join()
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()

    again = service.worker(SECRET_KEY=server.secret_key)
    visitor.close()
    visitor.clients.clear()
    visitor.server = again
    write_for_a_while(visitor, again, rounds=1)
    assert visitor.let_somebody_go(again) == 204
    wait_until(lambda: service.waiting() == 0, PATIENCE)

    written, came = service.written(), service.broker.arrived()
    assert {event["type"].rpartition(".")[2] for event in written} == KINDS_OF_CHANGE
    assert first_of_each(came) == {event["id"]: event for event in written}
    for key in {event["partitionkey"] for event in written}:
        assert in_order(came, key) == [e["id"] for e in written if e["partitionkey"] == key]
    there = {name: rows_of(visitor, again, name) for name in RESOURCES}
    assert heard(came) == there
    assert sum(map(len, there.values())) > 0
    judge_document(service, came)
    ids = {event["id"] for event in written}
    wait_until(lambda: service.seen() == ids, PATIENCE)
    assert relays[2].poll() is None
    relays[2].send_signal(signal.SIGTERM)
    assert relays[2].wait(30) == 0
    visitor.close()


KINDS_OF_CHANGE = {"created", "updated", "deleted"}


def write_for_a_while(visitor: Library, server: Server, *, rounds: int) -> None:
    """Do everything that changes rows, each as somebody who may or may not."""
    for number in range(rounds):
        for operation in visitor.writes(in_order=number % 2 == 0):
            assert write(visitor, operation, server) < 500, server.log.read_text("utf-8")[-5000:]


def write(visitor: Library, operation: Operation, server: Server) -> int:
    """Do it, again where the rows were gone already: the status."""
    status = 0
    for _ in range(TRIES):
        status = visitor.write(operation, server, visitor.chance.choice(["ada", "admin"]))
        if status < 400:
            break
    return status


def first_of_each(came: list[Arrival]) -> dict[str, dict[str, Any]]:
    """What has come, each event as it came first."""
    found: dict[str, dict[str, Any]] = {}
    for arrival in came:
        assert found.setdefault(arrival.event["id"], arrival.event) == arrival.event
    return found


def in_order(came: list[Arrival], key: str) -> list[str]:
    """The events of a row, in the order in which each came first."""
    return list(first_of_each([one for one in came if one.event["partitionkey"] == key]))


def heard(came: list[Arrival]) -> dict[str, dict[str, Any]]:
    """What rows there are, as somebody knows who has nothing but the events."""
    rows: dict[str, dict[str, Any]] = {name: {} for name in RESOURCES}
    for event in first_of_each(came).values():
        _, name, kind = event["type"].split(".")
        if kind == "deleted":
            del rows[name][event["subject"]]
        else:
            assert (event["subject"] in rows[name]) == (kind == "updated"), event
            rows[name][event["subject"]] = event["data"]
    return rows


def rows_of(visitor: Library, server: Server, name: str) -> dict[str, Any]:
    """What rows there are, as the API shows them."""
    client, found = visitor.client(server, "admin"), dict[str, Any]()
    cursor: str | None = ""
    while cursor is not None:
        params: dict[str, str] = {"limit": "100", **({"cursor": cursor} if cursor else {})}
        answer = client.get(f"/{PLURALS.get(name, f'{name}s')}", params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found |= {row["id"]: row for row in page["items"]}
        cursor = page["next_cursor"]
    return found


def judge_document(service: Service, came: list[Arrival]) -> None:
    """The AsyncAPI document is one, and each event is as it says, and where."""
    document = json.loads(service.project.must("-m", "app", "asyncapi", DATABASE_URL=service.url))
    standard = json.loads(STANDARD.read_text("utf-8"))
    jsonschema.validate(document, standard, jsonschema.Draft7Validator)
    judges = {
        name: jsonschema.Draft202012Validator(
            {**message["payload"], "components": document["components"]}
        )
        for name, message in document["components"]["messages"].items()
    }
    for arrival in came:
        name = arrival.event["type"].removeprefix(f"{SERVICE}.")
        assert arrival.place == document["channels"][name]["address"]
        judges[name].validate(arrival.event)


@each(("rabbitmq", "sqlite"), short=0)
def test_what_no_queue_wants_waits_for_one(service: Service) -> None:
    server = service.worker()
    relay = service.command("events")
    visitor = Library(server, random.Random(64))
    visitor.open()
    with server.connect(visitor.tokens["ada"]) as client:
        assert client.post("/tags", json={"name": "early"}).status_code == 201
    wait_until(lambda: "no queue is bound" in service.log("events"), PATIENCE)
    assert service.waiting() == 1
    service.broker.listen()
    wait_until(lambda: service.waiting() == 0, PATIENCE)
    assert [arrival.event["data"]["name"] for arrival in service.broker.arrived()] == ["early"]
    relay.send_signal(signal.SIGTERM)
    assert relay.wait(30) == 0


@each(("redis", "sqlite"), ("redis", "postgresql"), ("redis", "mariadb"), short=1)
def test_what_is_refused_is_not_told(service: Service) -> None:
    """Neither a conflict, nor a bad body, nor a bulk of which one row is bad."""
    server = service.worker()
    visitor = Library(server, random.Random(64))
    visitor.open()
    with server.connect(visitor.tokens["admin"]) as client:
        assert client.post("/shelves", json={"name": "a"}).status_code == 201
        assert client.post("/shelves", json={"name": "a"}).status_code == 409
        assert client.post("/shelves", json={"name": 1}).status_code == 422
        bulk = {"items": [{"name": "b"}, {"name": "c"}, {"name": "a"}]}
        assert client.post("/shelves:bulk", json=bulk).status_code == 409
    assert [event["data"]["name"] for event in service.written()] == ["a"]
