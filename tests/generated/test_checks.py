"""Checks between columns hold in the API and in the database, in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from generated.projects import each_sample
from generated.server import Server

each_everything = each_sample(
    quick=(), proof=(("everything", "sqlite"),), thorough=(("everything", "postgresql"),)
)
GOOD: dict[str, Any] = {
    "starts_at": "2026-01-01T10:00:00+02:00",
    "ends_at": "2026-01-01T08:00:01Z",
    "doors": "09:00:00",
    "curtain": "09:00:00",
    "seats": 3,
    "sold": 3,
    "low_price": "1.00",
    "high_price": "2.00",
    "fee": "1.9999",
    "front": "red",
    "back": "blue",
}
BAD = [
    ("starts_at", "2026-01-01T08:00:01Z", "ends_at", "starts_at must be less than ends_at"),
    ("doors", "09:00:00.000001", "curtain", "doors must be less than or equal to curtain"),
    ("sold", 4, "seats", "sold must be less than or equal to seats"),
    ("low_price", "2.0", "high_price", "low_price must not be equal to high_price"),
    ("fee", "2.0", "high_price", "fee must be less than high_price"),
    ("fee", "12345678901234567890.0001", "high_price", "fee must be less than high_price"),
    ("back", "red", "front", "front must not be equal to back"),
]


@pytest.fixture
def client(server: Server, user_token: str) -> Iterator[httpx2.Client]:
    """A client of somebody who has signed in."""
    with server.connect(user_token) as client:
        yield client


def assert_told(answer: httpx2.Response, names: set[str], words: str) -> None:
    """The refusal names both sides, and says how they compare."""
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"]
    assert {one["pointer"] for one in errors} == {f"/{name}" for name in names}
    assert {(one["code"], one["detail"]) for one in errors} == {("check", words)}


@each_everything
@pytest.mark.parametrize(("name", "value", "other", "words"), BAD)
def test_a_contradiction_is_told_however_it_is_sent(
    client: httpx2.Client, name: str, value: object, other: str, words: str
) -> None:
    made = client.post("/events", json=GOOD)
    assert made.status_code == 201, made.text
    url, bad = f"/events/{made.json()['id']}", {**GOOD, name: value}
    for answer in (
        client.post("/events", json=bad),
        client.put(url, json=bad),
        client.patch(url, json={name: value, other: GOOD[other]}),
        client.patch(url, json={name: value}),
    ):
        assert_told(answer, {name, other}, words)
    stored = client.get(url).json()
    assert stored == made.json()


@each_everything
@pytest.mark.parametrize("name", ["ends_at", "doors", "high_price", "fee", "back"])
def test_null_contradicts_nothing(client: httpx2.Client, name: str) -> None:
    made = client.post("/events", json={**GOOD, name: None})
    assert made.status_code == 201, made.text


@each_everything
def test_changes_from_both_sides_at_once_leave_a_row_that_holds(client: httpx2.Client) -> None:
    row = client.post("/events", json={**GOOD, "seats": 10, "sold": 0}).json()

    def change(changes: dict[str, int]) -> int:
        return client.patch(f"/events/{row['id']}", json=changes).status_code

    with ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(change, [{"seats": 4}, {"sold": 6}]))
    assert statuses == [200, 422]
    after = client.get(f"/events/{row['id']}").json()
    assert after["sold"] <= after["seats"]
