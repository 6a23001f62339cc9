"""Deletes that keep their rows, on a real server and a real database: what goes, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from generated.projects import each_sample
from generated.server import Server

each_wiki = each_sample(
    quick=(),
    proof=(("wiki", "postgresql"), ("wiki", "mariadb")),
    thorough=(("wiki", "sqlite"),),
)
MANY = 600
"""More rows than one statement names."""
DEEP = 40


@pytest.fixture
def client(server: Server, admin_token: str) -> Iterator[httpx2.Client]:
    """A client of an admin, who sees every row."""
    with server.connect(admin_token) as client:
        yield client


def stored(client: httpx2.Client, url: str, **body: object) -> dict[str, Any]:
    """A new row."""
    answer = client.post(url, json=body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


def space(client: httpx2.Client) -> dict[str, Any]:
    key = uuid4().hex
    return stored(client, "/spaces", key=key, name=f"Space {key}")


def page(client: httpx2.Client, space_id: str, **more: object) -> dict[str, Any]:
    title = f"Page {uuid4().hex}"
    return stored(client, "/pages", title=title, body="text", space_id=space_id, **more)


def total(client: httpx2.Client, url: str, **parameters: str) -> int:
    """How many rows a list has."""
    answer = client.get(url, params={**parameters, "total": True})
    assert answer.status_code == 200, answer.text
    rows: int = answer.json()["total"]
    return rows


@each_wiki
def test_a_tree_goes_and_comes_back_whole(client: httpx2.Client) -> None:
    root = page(client, space(client)["id"])
    lowest = root
    for _ in range(DEEP):
        lowest = page(client, root["space_id"], parent_id=lowest["id"])
    assert client.delete(f"/pages/{root['id']}").status_code == 204
    assert client.get(f"/pages/{lowest['id']}").status_code == 404
    refused = client.post(f"/pages/{lowest['id']}:restore")
    assert refused.status_code == 409, refused.text
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/parent_id"]
    assert client.post(f"/pages/{root['id']}:restore").status_code == 200
    assert client.get(f"/pages/{lowest['id']}").json()["parent_id"] == lowest["parent_id"]
    assert total(client, f"/spaces/{root['space_id']}/pages") == DEEP + 1


@each_wiki
def test_more_rows_than_a_statement_names_go_and_come_back(client: httpx2.Client) -> None:
    root = page(client, space(client)["id"])
    body = {"body": "text", "space_id": root["space_id"], "parent_id": root["id"]}
    for _ in range(MANY // 100):
        items = [{**body, "title": f"Page {uuid4().hex}"} for _ in range(100)]
        assert client.post("/pages:bulk", json={"items": items}).status_code == 201
    url = f"/spaces/{root['space_id']}/pages"
    assert client.delete(f"/pages/{root['id']}").status_code == 204
    assert total(client, url) == 0
    assert client.post(f"/pages/{root['id']}:restore").status_code == 200
    assert total(client, url) == MANY + 1


@each_wiki
def test_what_is_not_soft_stays_and_what_lets_go_stays_without(client: httpx2.Client) -> None:
    whole = space(client)
    category = stored(client, "/categories", name="Any", space_id=whole["id"])
    sorted_in = page(client, whole["id"], category_id=category["id"])
    visit = stored(client, "/visits", seconds=1, page_id=sorted_in["id"])

    assert client.delete(f"/spaces/{whole['id']}").status_code == 409, "a live category stops it"
    assert client.get(f"/pages/{sorted_in['id']}").status_code == 200, "and nothing is hidden"

    assert client.delete(f"/categories/{category['id']}").status_code == 204
    let_go = client.get(f"/pages/{sorted_in['id']}")
    assert (let_go.json()["category_id"], let_go.headers["etag"]) == (None, '"2"')

    assert client.delete(f"/spaces/{whole['id']}").status_code == 204
    assert client.get(f"/pages/{sorted_in['id']}").status_code == 404
    assert client.get(f"/visits/{visit['id']}").json() == visit
    assert client.post(f"/categories/{category['id']}:restore").status_code == 409
    assert client.post(f"/spaces/{whole['id']}:restore").status_code == 200
    assert client.post(f"/categories/{category['id']}:restore").status_code == 200
    assert client.get(f"/pages/{sorted_in['id']}").json()["category_id"] is None


@each_wiki
def test_a_refused_restore_brings_back_nothing(client: httpx2.Client) -> None:
    whole = space(client)
    child = page(client, whole["id"])
    assert client.delete(f"/spaces/{whole['id']}").status_code == 204
    taken = stored(client, "/spaces", key=whole["key"], name="Another")
    refused = client.post(f"/spaces/{whole['id']}:restore")
    assert refused.status_code == 409, refused.text
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/key"]
    assert client.get(f"/pages/{child['id']}").status_code == 404
    assert client.get(f"/spaces:by-key/{whole['key']}").json()["id"] == taken["id"]


@each_wiki
def test_nothing_live_is_left_below_what_was_deleted_meanwhile(client: httpx2.Client) -> None:
    whole = space(client)
    for _ in range(5):
        parent = page(client, whole["id"])
        with ThreadPoolExecutor(6) as threads:
            comment = {"page_id": parent["id"], "body": "?"}
            tried = [threads.submit(client.post, "/comments", json=comment) for _ in range(8)]
            gone = threads.submit(client.delete, f"/pages/{parent['id']}")
            tried += [threads.submit(client.post, "/comments", json=comment) for _ in range(8)]
        assert gone.result().status_code == 204, gone.result().text
        assert {one.result().status_code for one in tried} <= {201, 409}
        assert total(client, "/comments", page_id=parent["id"]) == 0
        made = sum(one.result().status_code == 201 for one in tried)
        assert client.post(f"/pages/{parent['id']}:restore").status_code == 200
        assert total(client, "/comments", page_id=parent["id"]) == made


@each_wiki
def test_many_restores_at_once_are_one(client: httpx2.Client) -> None:
    row = space(client)
    client.delete(f"/spaces/{row['id']}")
    with ThreadPoolExecutor(6) as threads:
        url = f"/spaces/{row['id']}:restore"
        answers = [one.result() for one in [threads.submit(client.post, url) for _ in range(6)]]
    assert {one.status_code for one in answers} == {200}
    assert {one.headers["etag"] for one in answers} == {'"3"'}


@each_wiki
def test_a_slug_is_free_again_once_its_row_is_deleted(client: httpx2.Client) -> None:
    whole = space(client)
    first = stored(client, "/pages", title="On", body="", space_id=whole["id"])
    client.delete(f"/pages/{first['id']}")
    second = stored(client, "/pages", title="On", body="", space_id=whole["id"])
    assert second["slug"] == first["slug"]
    assert client.post(f"/pages/{first['id']}:restore").status_code == 409
