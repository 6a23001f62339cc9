"""Somebody else holds what the service needs: its connections all wait, and requests don't."""

from __future__ import annotations

from uuid import uuid4

import httpx2
from generated.cluster import wait_until
from generated.load import under_load

from faults.checks import assert_away, assert_kept, assert_no_row_is_made, heals, stored
from faults.conftest import POOL, Fragile
from faults.connections import busy, holding, locked
from faults.promises import ANSWER_SECONDS, HEAL_SECONDS
from faults.subjects import each_subject


@each_subject()
def test_a_pool_that_is_exhausted_is_a_503_and_heals(fragile: Fragile) -> None:
    server, rows = fragile.server, fragile.subject.rows
    with under_load(server, fragile.token, rows) as load:
        wait_until(lambda: load.has_written(POOL), 60)
        with locked(server.database_url, rows):
            wait_until(lambda: load.statuses[503] >= 3 * POOL, 4 * ANSWER_SECONDS)
            assert httpx2.get(f"{server.url}/health/live").status_code == 200
        written = len(load.created)
        wait_until(lambda: load.has_written(written + POOL), HEAL_SECONDS)
    assert load.odd == []
    assert load.slowest < ANSWER_SECONDS
    heals(fragile)
    assert_kept(load, server.database_url)


@each_subject()
def test_what_was_answered_with_a_503_is_not_done_when_the_lock_goes(fragile: Fragile) -> None:
    server, rows = fragile.server, fragile.subject.rows
    with server.connect(fragile.token) as client:
        with locked(server.database_url, rows):
            name = assert_no_row_is_made(client, rows)
        wait_until(lambda: busy(server.database_url) == 0, HEAL_SECONDS)
    assert name not in stored(server.database_url, rows)


@each_subject()
def test_a_row_that_is_held_is_a_503_and_other_rows_are_not(fragile: Fragile) -> None:
    server, rows = fragile.server, fragile.subject.rows
    held, free = uuid4().hex, uuid4().hex
    with server.connect(fragile.token) as client:
        paths = [make(client, rows, name) for name in (held, free)]
        lock = f"SELECT * FROM {rows} WHERE name = '{held}' FOR UPDATE"
        with holding(server.database_url, lock):
            assert_away(client, "PATCH", paths[0], json={"name": uuid4().hex})
            assert client.get(paths[0]).json()["name"] == held
            assert client.patch(paths[1], json={"name": uuid4().hex}).status_code == 200
        assert client.patch(paths[0], json={"name": uuid4().hex}).status_code == 200


def make(client: httpx2.Client, rows: str, name: str) -> str:
    """The path of a new row."""
    answer = client.post(rows, json={"name": name})
    assert answer.status_code == 201, answer.text
    return f"{rows}/{answer.json()['id']}"
