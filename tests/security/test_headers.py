"""What every answer says beside its own, and what no answer says."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx2
import pytest
from generated.databases import ask
from generated.projects import Project
from generated.server import PASSWORD, Server, serve

from security.accounts import token_of
from security.operations import UNKNOWN, operations
from security.samples import each_bookstore, each_service

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
NEVER = {"server", "x-powered-by", "access-control-allow-origin", "set-cookie"}
KILOBYTE = "x" * 1024
JSON = {"Content-Type": "application/json"}

NEW_PASSWORD = {"current_password": "another one", "new_password": PASSWORD}
BOOK = {"title": "A book", "isbn": "1234567890123", "price": "1.00"}

Ask = Callable[[httpx2.Client], httpx2.Response]
ANSWERS: dict[int, Ask] = {
    200: lambda client: client.get("/books"),
    201: lambda client: client.post("/authors", json={"name": "Ursula"}),
    204: lambda client: client.post("/auth/logout", json={"refresh_token": "none"}),
    401: lambda client: client.get("/users/me", headers={"Authorization": "Bearer none"}),
    403: lambda client: client.post("/auth/change-password", json=NEW_PASSWORD),
    404: lambda client: client.get(f"/books/{UNKNOWN}"),
    405: lambda client: client.put("/books"),
    409: lambda client: client.post("/books", json={**BOOK, "author_id": UNKNOWN}),
    412: lambda client: client.patch(author(client), json={}, headers={"If-Match": '"9"'}),
    413: lambda client: client.post("/authors", content=KILOBYTE * 2000, headers=JSON),
    414: lambda client: client.get("/books", params={"title": KILOBYTE * 9}),
    415: lambda client: client.post("/authors", content="{}", headers={"Content-Type": "text/x"}),
    422: lambda client: client.get("/books", params={"limit": "0"}),
    431: lambda client: client.get("/books", headers={"X-Much": KILOBYTE * 17}),
}


def author(client: httpx2.Client) -> str:
    """The path of a new author."""
    id_ = client.post("/authors", json={"name": "Ursula"}).json()["id"]
    return f"/authors/{id_}"


def assert_guarded(answer: httpx2.Response) -> None:
    """The answer has each header that guards it, once, and none that tells of the server."""
    found = {name: answer.headers.get_list(name) for name in ALWAYS}
    assert found == {name: [value] for name, value in ALWAYS.items()}
    assert NEVER & set(answer.headers) == set()
    assert len(answer.headers.get_list("x-request-id")) == 1


@each_bookstore()
@pytest.mark.parametrize("status", ANSWERS)
def test_every_status_has_the_headers(server: Server, admin_token: str, status: int) -> None:
    with server.connect(admin_token) as client:
        answer = ANSWERS[status](client)
    assert answer.status_code == status, answer.text
    assert_guarded(answer)


@each_service()
def test_every_operation_has_the_headers(server: Server, user_token: str) -> None:
    with server.connect(user_token) as client:
        for operation in operations(server):
            assert_guarded(operation.send(client))


@each_bookstore()
def test_too_many_logins_have_the_headers(project: Project, database_url: str) -> None:
    with (
        serve(project, database_url, LOGIN_ATTEMPTS_PER_ADDRESS="1") as server,
        server.connect() as client,
    ):
        body = {"email": "nobody@example.com", "password": PASSWORD}
        answers = [client.post("/auth/login", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [401, 429]
    assert_guarded(answers[1])


@each_bookstore()
def test_what_is_not_http_is_refused_with_the_headers(server: Server) -> None:
    address = ("127.0.0.1", httpx2.URL(server.url).port or 0)
    with socket.create_connection(address) as connection:
        connection.settimeout(30)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n")
        told = b"".join(iter(lambda: connection.recv(65536), b""))
    head = told.partition(b"\r\n\r\n")[0].decode().lower()
    assert head.startswith("http/1.1 400 ")
    assert [name for name, value in ALWAYS.items() if f"{name}: {value}".lower() not in head] == []
    assert "\r\nserver:" not in head


@each_service()
def test_no_path_opens_a_websocket(server: Server) -> None:
    with server.connect() as client:
        for operation in operations(server):
            path = f"{server.url}{operation.url()}?ticket=in-the-query"
            asked, plain = client.get(path, headers=UPGRADE), client.get(path)
            assert asked.status_code == plain.status_code, str(operation)
            assert_guarded(asked)
    assert "in-the-query" not in server.log.read_text("utf-8")


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
def broken(project: Project, database_url: str) -> Iterator[Server]:
    """A service whose table of reviews has gone."""
    with serve(project, database_url) as server:
        ask(database_url, "DROP TABLE reviews")
        yield server


@each_bookstore()
def test_a_fault_of_ours_has_the_headers_and_tells_nothing(broken: Server) -> None:
    with broken.connect() as client:
        answer = client.get("/reviews", params={"rating": 3})
    assert answer.status_code == 500
    assert_guarded(answer)
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "code": "internal-error",
        "request_id": answer.headers["x-request-id"],
    }
    broken.terminate()
    assert "FROM reviews" in broken.log.read_text("utf-8")


@each_service()
def test_no_answer_repeats_the_host_that_it_was_asked_by(server: Server) -> None:
    with server.connect(token_of(server, "admin")) as client:
        client.headers.update({"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        answers = [operation.send(client) for operation in operations(server)]
        path, name = HOSTED[server.project.name]
        answers.append(client.post(path, json={name: uuid4().hex}))
    assert answers[-1].status_code == 201
    for answer in answers:
        assert "evil.example" not in f"{answer.headers} {answer.text}"


HOSTED = {"bookstore": ("/authors", "name"), "helpdesk": ("/departments", "name")}
"""What can be created from one text, and is then told where it is."""
