"""What has to hold of a service that was harmed, while it is and afterwards."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx2
from generated.cluster import wait_until
from generated.databases import ask
from generated.load import Load, asks_to_come_back
from generated.server import Server

from faults.conftest import POOL, Fragile
from faults.connections import busy, locked, opened
from faults.promises import ANSWER_SECONDS, HEAL_SECONDS, PROMPT_SECONDS, TRIES


def assert_away(client: httpx2.Client, method: str, path: str, **rest: object) -> None:
    """The answer of a service whose database is away comes soon, and says when to come back."""
    took: list[float] = []
    while not took or (len(took) < TRIES and min(took) > PROMPT_SECONDS):
        begun = time.monotonic()
        answer = client.request(method, path, **rest)  # type: ignore[arg-type]
        took.append(time.monotonic() - begun)
        assert asks_to_come_back(answer), f"{answer.status_code} {answer.headers} {answer.text}"
        assert answer.json()["code"] == "database-unavailable"
        assert int(answer.headers["retry-after"]) > 0
    assert max(took) < ANSWER_SECONDS
    assert min(took) < PROMPT_SECONDS


def assert_no_row_is_made(client: httpx2.Client, path: str) -> str:
    """Creations are refused, with a key and without; the name of what they would have made."""
    name = uuid4().hex
    assert_away(client, "POST", path, json={"name": name})
    assert_away(client, "POST", path, json={"name": name}, headers={"Idempotency-Key": name})
    return name


def assert_live_and_not_ready(server: Server) -> None:
    """The process need not be started anew, but can do no work."""
    with httpx2.Client(base_url=server.url) as client:
        assert client.get("/health/live").status_code == 200
        assert_away(client, "GET", "/health/ready")


def heals(fragile: Fragile) -> None:
    """It answers as before, in all that it does, and holds on to nothing."""
    subject, url = fragile.subject, fragile.server.database_url
    with fragile.server.connect(fragile.token) as client:
        wait_until(lambda: client.get(subject.rows).status_code == 200, HEAL_SECONDS)
        answers = [client.get(subject.rows).status_code for _ in range(2 * POOL)]
        assert answers == [200] * 2 * POOL
        assert client.post(subject.rows, json={"name": uuid4().hex}).status_code == 201
        assert_refusals_name_their_fields(client, fragile)
    assert httpx2.get(f"{fragile.server.url}/health/ready").status_code == 200
    wait_until(lambda: opened(url) <= POOL and busy(url) == 0, HEAL_SECONDS)
    assert_every_connection_is_to_be_had(fragile)


def assert_refusals_name_their_fields(client: httpx2.Client, fragile: Fragile) -> None:
    """What the database refuses is told as ever."""
    path, body, field = fragile.subject.unique
    client.post(path, json=body)
    assert_refused(client.post(path, json=body), field, "taken")
    path, body, field = fragile.subject.dangling
    assert_refused(client.post(path, json=body), field, "missing-reference")


def assert_refused(answer: httpx2.Response, field: str, code: str) -> None:
    """A 409 that says which field it was."""
    assert answer.status_code == 409, answer.text
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [
        (f"/{field}", code)
    ]


def assert_every_connection_is_to_be_had(fragile: Fragile) -> None:
    """As many requests wait in the database as the pool has connections: none of them is lost."""
    server, rows = fragile.server, fragile.subject.rows
    with (
        locked(server.database_url, rows),
        ThreadPoolExecutor(2 * POOL) as threads,
        server.connect(fragile.token) as client,
    ):
        answers = [threads.submit(client.get, rows) for _ in range(2 * POOL)]
        wait_until(lambda: busy(server.database_url) == POOL, ANSWER_SECONDS)
        assert all(asks_to_come_back(answer.result()) for answer in answers)
    with server.connect(fragile.token) as client:
        wait_until(lambda: client.get(rows).status_code == 200, HEAL_SECONDS)


def stored(url: str, table: str) -> Counter[str]:
    """How often each name is in a table."""
    return Counter(name for (name,) in ask(url, f"SELECT name FROM {table}"))


def assert_kept(load: Load, url: str) -> None:
    """Every row that was answered is there, and none is there twice."""
    rows = stored(url, load.path)
    assert [name for name in load.created if name not in rows] == []
    assert {name: count for name, count in rows.items() if count > 1} == {}
