"""A bookstore serves real HTTP: accounts, resources, and every refusal in one form."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2
import jsonschema
import pytest

from generated.projects import each_bookstore, each_sample
from generated.server import PASSWORD, Server

UNKNOWN = "01a20000-0000-7000-8000-000000000000"
"""An id that no row has."""
SECURITY_HEADERS = (
    "x-content-type-options",
    "referrer-policy",
    "strict-transport-security",
    "content-security-policy",
    "cache-control",
    "x-request-id",
)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "request_id"],
    "properties": {"status": {"type": "integer"}, "errors": {"type": "array"}},
}


def assert_problem(answer: httpx2.Response, status: int) -> dict[str, Any]:
    """A refusal, in the one form that refusals have."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    jsonschema.validate(body, PROBLEM)
    assert body["status"] == status
    assert body["request_id"] == answer.headers["x-request-id"]
    assert [name for name in SECURITY_HEADERS if name not in answer.headers] == []
    return body


def author(client: httpx2.Client, **changes: object) -> dict[str, Any]:
    """A stored author."""
    answer = client.post("/authors", json={"name": "Ursula", **changes})
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def book_body(author_id: str) -> dict[str, Any]:
    isbn = str(uuid4().int)[:13]
    return {"title": f"Book {isbn}", "isbn": isbn, "price": "12.30", "author_id": author_id}


@each_bookstore()
def test_an_account_is_made_and_known(server: Server) -> None:
    email = f"{uuid4().hex}@Example.com"
    with server.connect() as client:
        made = client.post("/auth/sign-up", json={"email": email, "password": PASSWORD})
        assert made.status_code == 201
        tokens = client.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
        assert set(tokens) == {"access_token", "refresh_token", "token_type", "expires_in"}
        signed_in = {"Authorization": f"Bearer {tokens['access_token']}"}
        me = client.get("/users/me", headers=signed_in)
    assert me.status_code == 200
    assert me.json()["role"] == "user"
    assert not [name for name in me.json() if "password" in name]


@each_bookstore()
def test_refresh_tokens_rotate_and_reuse_ends_the_session(server: Server) -> None:
    with server.connect() as client:
        first = session(client)
        second = renew(client, first).json()["refresh_token"]
        third = renew(client, second).json()["refresh_token"]
        assert_problem(renew(client, first), 401)
        assert_problem(renew(client, third), 401)


@each_bookstore()
def test_a_session_that_was_left_is_over(server: Server) -> None:
    with server.connect() as client:
        token = session(client)
        assert client.post("/auth/logout", json={"refresh_token": token}).status_code == 204
        assert_problem(renew(client, token), 401)


def session(client: httpx2.Client) -> str:
    """The refresh token of a new account."""
    body = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
    client.post("/auth/sign-up", json=body)
    token: str = client.post("/auth/login", json=body).json()["refresh_token"]
    return token


def renew(client: httpx2.Client, token: str) -> httpx2.Response:
    return client.post("/auth/refresh", json={"refresh_token": token})


@each_bookstore()
def test_a_row_lives_from_create_to_delete(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        made = client.post("/books", json=book_body(author(client)["id"]))
        assert made.status_code == 201
        url, tag = made.headers["location"].removeprefix(server.prefix), made.headers["etag"]
        got = client.get(url)
        assert (got.json(), got.headers["etag"]) == (made.json(), tag)
        assert "internal_note" not in got.json()

        changed = client.patch(url, json={"stock": 3}, headers={"If-Match": tag})
        moved = changed.json()["updated_at"]
        assert changed.json() == {**made.json(), "stock": 3, "updated_at": moved}
        assert_problem(client.patch(url, json={"stock": 4}, headers={"If-Match": tag}), 412)
        assert_problem(client.delete(url, headers={"If-Match": tag}), 412)

        fresh = changed.headers["etag"]
        assert client.delete(url, headers={"If-Match": fresh}).status_code == 204
        assert_problem(client.get(url), 404)


@each_bookstore()
def test_patch_tells_absent_from_null(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        url = f"/authors/{author(client, born_on='1929-10-21')['id']}"
        assert client.patch(url, json={"name": "U."}).json()["born_on"] == "1929-10-21"
        assert client.patch(url, json={"born_on": None}).json()["born_on"] is None
        assert_problem(client.patch(url, json={"name": None}), 422)


@each_bookstore()
def test_a_list_is_walked_page_by_page_while_rows_are_added(
    server: Server, admin_token: str
) -> None:
    with server.connect(admin_token) as client:
        name = f"Twin {uuid4().hex}"
        made = {author(client, name=name)["id"] for _ in range(5)}
        query: dict[str, str] = {"name": name, "limit": "2", "sort": "-created_at"}
        seen = walk(client, query)
    assert sorted(seen) == sorted(made)


def walk(client: httpx2.Client, query: dict[str, str]) -> list[str]:
    """The ids of every page; a row that is made on the way disturbs nothing."""
    page = client.get("/authors", params=query).json()
    ids = [item["id"] for item in page["items"]]
    author(client, name=query["name"])
    while page["next_cursor"]:
        page = client.get("/authors", params={**query, "cursor": page["next_cursor"]}).json()
        ids += [item["id"] for item in page["items"]]
    return ids


@each_bookstore()
def test_a_conflict_names_its_field(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        body = book_body(author(client)["id"])
        assert client.post("/books", json=body).status_code == 201
        again = client.post("/books", json={**body, "title": "Another"})
        lost = client.post("/books", json={**book_body(str(uuid4()))})
    assert [one["pointer"] for one in assert_problem(again, 409)["errors"]] == ["/isbn"]
    assert [one["pointer"] for one in assert_problem(lost, 409)["errors"]] == ["/author_id"]


@each_bookstore()
def test_what_is_used_cannot_be_deleted(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        used = author(client)["id"]
        assert client.post("/books", json=book_body(used)).status_code == 201
        assert_problem(client.delete(f"/authors/{used}"), 409)


@each_sample(quick=(), proof=(("organisation", "sqlite"), ("organisation", "postgresql")))
def test_nor_what_would_take_along_something_used(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        budget = client.post("/budgets", json={"amount": "1"}).json()["id"]
        sponsor = client.post("/sponsors", json={"name": "S", "budget_id": budget}).json()["id"]
        client.post("/projects", json={"title": "P", "sponsor_id": sponsor})
        refused = client.delete(f"/budgets/{budget}")
    assert refused.status_code == 409
    assert refused.json()["detail"] == "Still in use by: projects."


@each_bookstore()
def test_tags_are_linked_listed_and_unlinked(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        book = client.post("/books", json=book_body(author(client)["id"])).json()["id"]
        tag = client.post("/tags", json={"name": f"t-{uuid4().hex}", "label": "T"}).json()["id"]
        for _ in range(2):
            assert client.put(f"/books/{book}/tags/{tag}").status_code == 204
        assert [one["id"] for one in client.get(f"/books/{book}/tags").json()["items"]] == [tag]
        assert [one["id"] for one in client.get(f"/tags/{tag}/books").json()["items"]] == [book]
        assert client.delete(f"/books/{book}/tags/{tag}").status_code == 204
        assert client.get(f"/books/{book}/tags").json()["items"] == []


@each_bookstore()
def test_reviews_are_their_writers(server: Server, admin_token: str, user_token: str) -> None:
    with server.connect(admin_token) as admin, server.connect(user_token) as user:
        book = admin.post("/books", json=book_body(author(admin)["id"])).json()["id"]
        review = {"rating": 5, "body": "Good.", "book_id": book}
        own = f"/reviews/{user.post('/reviews', json=review).json()['id']}"
        foreign = f"/reviews/{admin.post('/reviews', json=review).json()['id']}"
        assert user.patch(own, json={"rating": 4}).status_code == 200
        assert_problem(user.patch(foreign, json={"rating": 1}), 403)
        assert_problem(user.delete(foreign), 403)
        assert admin.delete(own).status_code == 204


@each_bookstore()
def test_who_may_not_is_told_so(server: Server, user_token: str) -> None:
    with server.connect() as nobody, server.connect(user_token) as user:
        assert nobody.get("/authors").status_code == 200
        refused = nobody.post("/authors", json={"name": "X"})
        assert_problem(refused, 401)
        assert "Bearer" in refused.headers["www-authenticate"].split(", ")
        assert_problem(user.post("/authors", json={"name": "X"}), 403)
        assert_problem(user.get("/users"), 403)


REFUSED: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "no such path": ("GET", "/nowhere", {}, 404),
    "no such row": ("GET", f"/books/{UNKNOWN}", {}, 404),
    "no id": ("GET", "/books/none", {}, 422),
    "no such sort": ("GET", "/books?sort=price;drop", {}, 422),
    "no such filter": ("GET", "/books?nothing=1", {}, 422),
    "bad cursor": ("GET", "/books?cursor=bad", {}, 422),
    "no limit": ("GET", "/books?limit=0", {}, 422),
    "too many": ("GET", "/books?limit=101", {}, 422),
    "no JSON": (
        "POST",
        "/authors",
        {"content": "{", "headers": {"content-type": "text/plain"}},
        415,
    ),
    "half JSON": (
        "POST",
        "/authors",
        {"content": "{", "headers": {"content-type": "application/json"}},
        422,
    ),
    "unknown key": ("POST", "/authors", {"json": {"name": "X", "id": str(uuid4())}}, 422),
}


@each_bookstore()
@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_has_one_form(server: Server, admin_token: str, case: str) -> None:
    method, path, rest, status = REFUSED[case]
    with server.connect(admin_token) as client:
        assert_problem(client.request(method, path, **rest), status)


@each_bookstore()
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/books", {"GET", "HEAD", "POST"}),
        (f"/books/{UNKNOWN}", {"GET", "HEAD", "PATCH", "DELETE"}),
        ("/auth/login", {"POST"}),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(
    server: Server, path: str, allowed: set[str]
) -> None:
    with server.connect() as client:
        answer = client.put(path, json={})
    assert_problem(answer, 405)
    assert set(answer.headers["allow"].split(", ")) == allowed


@each_sample()
def test_the_service_says_how_it_is_and_what_it_does(server: Server) -> None:
    with httpx2.Client(base_url=server.url) as client:
        assert client.get("/health/live").json() == {"status": "ok"}
        assert client.get("/health/ready").json() == {"status": "ok"}
        document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert "500" in operation["responses"], (method, path)


@each_bookstore()
def test_every_answer_has_an_id_which_a_client_may_choose(server: Server) -> None:
    with server.connect() as client:
        chosen = client.get("/books", headers={"X-Request-ID": "chosen-by-me"})
        given = client.get("/books", headers={"X-Request-ID": "no\tsuch id"})
    assert chosen.headers["x-request-id"] == "chosen-by-me"
    assert given.headers["x-request-id"] != "no\tsuch id"


@each_bookstore()
@pytest.mark.parametrize("text", ["ΟΔΟΣ", "οδος", "οδοσ", "Δοσε", "İZMİR", "i\u0307zmi\u0307r"])
def test_a_text_is_found_in_any_case(server: Server, admin_token: str, text: str) -> None:
    with server.connect(admin_token) as client:
        wanted = author(client, name=f"ΟΔΟΣΕΙΑ οδος İzmİr {uuid4().hex}")["id"]
        found = client.get("/authors", params={"name__contains": text, "limit": 100}).json()
    assert wanted in [one["id"] for one in found["items"]]
