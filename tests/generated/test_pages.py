"""Pages of lists and their totals, on a real server and a real database."""

from __future__ import annotations

from uuid import uuid4

import httpx2
import pytest

from generated.projects import each_bookstore, each_sample
from generated.server import Server, admin

each_helpdesk = each_sample(quick=(), proof=(("helpdesk", "postgresql"),))


@each_bookstore()
def test_a_cursor_page_counts_all_rows_when_asked(server: Server, admin_token: str) -> None:
    name = uuid4().hex
    with server.connect(admin_token) as client:
        for _ in range(3):
            assert client.post("/authors", json={"name": name}).status_code == 201
        query = {"name": name, "limit": "2"}
        assert "total" not in client.get("/authors", params=query).json()
        first = client.get("/authors", params={**query, "total": "true"}).json()
        rest = {**query, "total": "true", "cursor": first["next_cursor"]}
        second = client.get("/authors", params=rest).json()
    assert (len(first["items"]), first["total"]) == (2, 3)
    assert (len(second["items"]), second["total"], second["next_cursor"]) == (1, 3, None)


@each_bookstore()
def test_a_cursor_outlives_the_wish_for_a_total(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        for _ in range(2):
            client.post("/authors", json={"name": uuid4().hex})
        query = {"limit": "1", "total": "true"}
        cursor = client.get("/authors", params=query).json()["next_cursor"]
        assert client.get("/authors", params={"limit": "2", "cursor": cursor}).status_code == 200


@each_helpdesk
def test_numbered_pages_show_each_row_once_and_the_total(server: Server) -> None:
    with server.connect(admin(server)) as client:
        made = [department(client) for _ in range(5)]
        query = {"name__startswith": made[0]["name"][:8], "sort": "name"}
        prefix = [one for one in made if one["name"].startswith(query["name__startswith"])]
        every = client.get("/departments", params={"sort": "name", "size": "50"}).json()
        pages = [
            client.get("/departments", params={"sort": "name", "size": "2", "page": str(number)})
            for number in range(1, every["total"] // 2 + 2)
        ]
        found = client.get("/departments", params=query).json()
    seen = [item["id"] for page in pages for item in page.json()["items"]]
    assert seen == [item["id"] for item in every["items"]]
    assert {page.json()["total"] for page in pages} == {len(seen)}
    assert {one["id"] for one in made} <= set(seen)
    assert found["total"] == len(found["items"]) == len(prefix)


@each_helpdesk
@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=2147483648", "page=x", "size=51"])
def test_a_page_that_can_not_be_is_refused(server: Server, query: str) -> None:
    with server.connect(admin(server)) as client:
        assert client.get(f"/departments?{query}").status_code == 422
        assert client.get("/departments?page=2147483647").json()["items"] == []


def department(client: httpx2.Client) -> dict[str, str]:
    answer = client.post("/departments", json={"name": uuid4().hex})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made
