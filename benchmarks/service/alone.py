"""A generated service by itself: with several workers, on SQLite, and over very many requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import httpx2
from generated.projects import made
from generated.server import migrate

from service.load import Pace, Round
from service.measure import Bench
from service.operations import API, BODY, OPERATIONS, Operation
from service.rows import PASSWORD, SHELVES, Account
from service.subjects import Running, memory, ours, running

AT_A_TIME = 4
"""Connections to a service on SQLite, which takes one write after the other."""
SOAKED = ("GET one", "LIST 20", "POST")
"""What is asked in turns while the memory is watched."""
Costs = dict[str, dict[str, Round]]
"""By the name of the service and the operation."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much memory a service had after so many requests, in MiB."""

    requests: int
    memory: float
    refused: int
    """Of the requests, those that were told to come back."""


def elsewhere(bench: Bench, project: Path, text: str, operations: Sequence[Operation]) -> Costs:
    """What operations cost with one worker, with two, and on SQLite; no row is used up there."""
    kept = [operation for operation in operations if not operation.uses_up]
    return {
        "1 worker": with_workers(bench, project, 1, kept),
        "2 workers": with_workers(bench, project, 2, kept),
        "SQLite": on_sqlite(bench, text, kept),
    }


def with_workers(
    bench: Bench, project: Path, workers: int, operations: Sequence[Operation]
) -> dict[str, Round]:
    """What they cost with so many workers."""
    with running(ours(project, workers=workers), bench.url, bench.folder) as service:
        service.log_in(bench.account.email, PASSWORD)
        return bench.costs(service, operations)


def on_sqlite(bench: Bench, text: str, operations: Sequence[Operation]) -> dict[str, Round]:
    """What they cost on SQLite, over few connections, with as many rows as on PostgreSQL."""
    spec = text.replace("database: postgresql", "database: sqlite")
    project = made("items", "sqlite", spec, bench.folder / "sqlite")
    url = f"sqlite+aiosqlite:///{bench.folder / 'items.db'}"
    migrate(project, url)
    with running(ours(project.folder), url, bench.folder) as service:
        account = fill(service, len(bench.account.items))
        pace = replace(bench.pace, connections=AT_A_TIME)
        return Bench(account, url, bench.folder, pace).costs(service, operations)


def fill(service: Running, rows: int) -> Account:
    """A new account, signed in, and so many rows of its own, made through the API."""
    email = f"{uuid4().hex}@example.com"
    with httpx2.Client(base_url=service.url + API, timeout=60) as client:
        body = {"email": email, "password": PASSWORD}
        made_account = client.post("/auth/sign-up", json=body).raise_for_status().json()
        service.log_in(email, PASSWORD)
        client.headers.update(service.headers)
        shelves = tuple(created(client, "/shelves", {"name": f"{n}"}) for n in range(SHELVES))
        bodies = [{**BODY, "shelf_id": shelves[n % SHELVES]} for n in range(rows)]
        items = tuple(created(client, "/items", body) for body in bodies)
    return Account(made_account["id"], email, items, shelves)


def created(client: httpx2.Client, path: str, body: dict[str, object]) -> str:
    """The id of a new row."""
    row_id: str = client.post(path, json=body).raise_for_status().json()["id"]
    return row_id


def soak(bench: Bench, project: Path, requests: int) -> Iterator[Weight]:
    """How much memory a service has while it answers so many requests.

    Raises `SystemExit` where one isn't answered.
    """
    steady = Bench(bench.account, bench.url, bench.folder, Pace(1, 10, bench.pace.connections))
    asked = [operation for operation in OPERATIONS if operation.name in SOAKED]
    with running(ours(project), bench.url, bench.folder) as service:
        service.log_in(bench.account.email, PASSWORD)
        done = refused = 0
        yield Weight(done, memory(service.process), refused)
        while done < requests:
            rounds = [steady.once(service, operation) for operation in asked]
            if any(one.broken for one in rounds):
                raise SystemExit("a request was not answered")
            done += sum(one.requests for one in rounds)
            refused += sum(one.refused for one in rounds)
            yield Weight(done, memory(service.process), refused)
