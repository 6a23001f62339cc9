"""What is asked: for each operation the method, the paths, and the body."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import httpx2

from service.rows import PASSWORD, Account
from service.subjects import Running

API = "/api/v1"
DEEP = 50
BODY = {
    "title": "A lamp with a green shade",
    "description": "It has stood in a library for years.",
    "price": "24.90",
    "quantity": 3,
    "status": "offered",
}
MANY = 2000
"""Different rows that are asked for, each in its turn."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of request; `paths` may depend on the service, as the place of a page does."""

    name: str
    method: str
    paths: Callable[[Running, Account], Sequence[str]]
    body: Callable[[Account], dict[str, Any]] | None = None
    uses_up: bool = False
    """Whether each path is good for one request alone."""
    connections: int | None = None
    """How many at a time; None for as many as any operation gets."""


def at(path: str) -> Callable[[Running, Account], Sequence[str]]:
    """One and the same path."""
    return lambda _running, _account: [API + path]


def each_item(_running: Running, account: Account) -> Sequence[str]:
    """One item after the other."""
    return [f"{API}/items/{item}" for item in islice(account.items, MANY)]


def each_shelf(_running: Running, account: Account) -> Sequence[str]:
    """The items of one shelf after the other."""
    return [f"{API}/shelves/{shelf}/items" for shelf in account.shelves]


def deep_page(running: Running, _account: Account) -> Sequence[str]:
    """The fiftieth page: by its cursor, or by its number where there are no cursors."""
    path = f"{API}/items?limit=20"
    with httpx2.Client(base_url=running.url, headers=running.headers) as client:
        first = client.get(path).raise_for_status().json()
        if "next_cursor" not in first:
            return [f"{path}&page={DEEP}"]
        cursor = first["next_cursor"]
        for _ in range(DEEP - 2):
            following = client.get(path, params={"cursor": cursor}).raise_for_status()
            cursor = following.json()["next_cursor"]
    return [f"{path}&cursor={cursor}"]


def nothing(_running: Running, _account: Account) -> Sequence[str]:
    """Paths that are made anew for each run."""
    return ()


OPERATIONS = (
    Operation("GET one", "GET", each_item),
    Operation("LIST 20", "GET", at("/items?limit=20")),
    Operation("LIST 20, page 50", "GET", deep_page),
    Operation(
        "LIST, two filters, sort", "GET", at("/items?status=offered&price__gte=500&sort=price")
    ),
    Operation("LIST of a shelf", "GET", each_shelf),
    Operation("POST", "POST", at("/items"), lambda _account: BODY),
    Operation("PATCH", "PATCH", each_item, lambda _account: {"title": "Another lamp"}),
    Operation("DELETE", "DELETE", nothing, uses_up=True),
    Operation(
        "login",
        "POST",
        at("/auth/login"),
        lambda account: {"email": account.email, "password": PASSWORD},
        connections=4,
    ),
)


def text(operation: Operation, account: Account) -> str:
    """The body as it travels; empty where there is none."""
    return json.dumps(operation.body(account)) if operation.body else ""
