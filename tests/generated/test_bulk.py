"""Several rows in one request, on a real server and a real database: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from urllib.parse import quote
from uuid import uuid4

import httpx2
import pytest

from generated.projects import each_sample
from generated.server import Server

NUMBERS = count(1)
UNKNOWN = "01a20000-0000-7000-8000-000000000000"
each_everything = each_sample(
    quick=(), proof=(("everything", "sqlite"),), thorough=(("everything", "postgresql"),)
)


def rule(**changes: object) -> dict[str, object]:
    """The body of a rule that no other is like."""
    code = f"AB-{next(NUMBERS)}"
    filled = {"between": "abcd", "at_least": "ab", "at_most": "a", "path": "/", "percent": "1.5"}
    numbers = {"temperature": 1.5, "level": 5, "serial": uuid4().int % 2**31}
    return {**filled, **numbers, "code": code, **changes}


@pytest.fixture
def client(server: Server, user_token: str) -> Iterator[httpx2.Client]:
    """A client of somebody who has signed in."""
    with server.connect(user_token) as client:
        yield client


def codes(client: httpx2.Client, *bodies: dict[str, object]) -> set[str]:
    """Which of the bodies' codes are stored."""
    parameters = {"code__in": [str(body["code"]) for body in bodies]}
    return {one["code"] for one in client.get("/rules", params=parameters).json()["items"]}


@each_everything
def test_what_the_database_refuses_takes_the_others_with_it(client: httpx2.Client) -> None:
    stored, new, again = rule(), rule(), rule()
    assert client.post("/rules", json=stored).status_code == 201
    again["code"] = stored["code"]
    refused = client.post("/rules:bulk", json={"items": [new, again]})
    assert refused.status_code == 409, refused.text
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/items/1/code"]
    assert codes(client, stored, new) == {stored["code"]}


@each_everything
def test_several_are_made_changed_and_deleted(client: httpx2.Client) -> None:
    bodies = [rule() for _ in range(100)]
    made = client.post("/rules:bulk", json={"items": bodies})
    assert made.status_code == 201, made.text
    rows = made.json()["items"]
    assert [row["code"] for row in rows] == [body["code"] for body in bodies]
    changes = [{"id": row["id"], "level": 7} for row in rows]
    changed = client.patch("/rules:bulk", json={"items": changes})
    assert [(row["id"], row["level"]) for row in changed.json()["items"]] == [
        (row["id"], 7) for row in rows
    ]
    ids = [row["id"] for row in rows]
    refused = client.delete("/rules:bulk", params={"id": [*ids[:99], UNKNOWN]})
    assert refused.status_code == 404
    assert client.get(f"/rules/{ids[0]}").status_code == 200
    assert client.delete("/rules:bulk", params={"id": ids}).status_code == 204
    assert client.get(f"/rules/{ids[0]}").status_code == 404


@each_everything
def test_changes_from_both_ends_do_not_wait_for_each_other(client: httpx2.Client) -> None:
    rows = client.post("/rules:bulk", json={"items": [rule() for _ in range(30)]}).json()["items"]
    changes = [{"id": row["id"], "level": 3} for row in rows]

    def change(backwards: bool) -> int:
        items = changes[::-1] if backwards else changes
        return client.patch("/rules:bulk", json={"items": items}).status_code

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(change, [True, False] * 4)) == {200}


@each_everything
def test_other_methods_are_named(client: httpx2.Client) -> None:
    answer = client.get("/rules:bulk")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, PATCH, POST"


@each_everything
def test_a_value_of_any_form_finds_its_row(client: httpx2.Client) -> None:
    order = client.post("/orders", json={"class": "x"}).json()
    number = f"a/b%2F :?#{uuid4().int % 10**8}"
    made = client.post("/invoices", json={"number": number, "order_id": order["id"]})
    assert made.status_code == 201, made.text
    found = client.get(f"/invoices:by-number/{quote(number, safe='')}")
    assert found.json()["id"] == made.json()["id"]
