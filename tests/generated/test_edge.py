"""What stands between the network and the application: sockets, methods, origins and the end."""

from __future__ import annotations

import json
import signal
import socket
from uuid import uuid4

import httpx2
import pytest

from generated.projects import Project, each_bookstore
from generated.server import PASSWORD, Server, serve

UNKNOWN = "01a20000-0000-7000-8000-000000000000"
ORIGIN = "https://app.example.com"
KILOBYTE = b"x" * 1024
ENDLESS = {
    "a header": (b"X-Much: ", KILOBYTE),
    "many headers": (b"", b"X-Much: " + KILOBYTE + b"\r\n"),
    "a target": (None, KILOBYTE),
}
"""What begins, and goes on without an end."""
BOUND = 16 * 1024 * 1024
"""Bytes: far more than the server and the sockets between may hold."""


def connect(server: Server) -> socket.socket:
    """A bare connection to the service."""
    connection = socket.create_connection(("127.0.0.1", httpx2.URL(server.url).port or 0))
    connection.settimeout(30)
    return connection


def pour(connection: socket.socket, piece: bytes) -> int:
    """How many bytes could be sent until the other side hung up."""
    sent = 0
    try:
        while sent < BOUND:
            connection.sendall(piece)
            sent += len(piece)
    except ConnectionError:
        pass
    return sent


@each_bookstore()
@pytest.mark.parametrize("case", ENDLESS)
def test_what_never_becomes_a_request_is_cut_off(server: Server, case: str) -> None:
    begun, piece = ENDLESS[case]
    line = b"GET /health/live HTTP/1.1\r\nHost: test\r\n"
    with connect(server) as connection:
        connection.sendall(b"GET /" if begun is None else line + begun)
        assert pour(connection, piece) < BOUND
    assert server.is_live()


@each_bookstore()
def test_a_connection_that_says_nothing_is_not_kept(project: Project, database_url: str) -> None:
    with serve(project, database_url, KEEP_ALIVE_SECONDS="1") as server:
        with connect(server) as connection:
            assert connection.recv(1) == b""
        with connect(server) as connection:
            connection.sendall(b"GET /health/live HTTP/1.1\r\nHost:")
            assert connection.recv(1) == b""


@each_bookstore()
@pytest.mark.parametrize("path", ["/books", f"/books/{UNKNOWN}", "/authors?limit=0"])
def test_a_head_tells_what_a_get_would(server: Server, path: str) -> None:
    with server.connect() as client:
        read, asked = client.get(path), client.head(path)
    ours = {"date", "x-request-id", "content-length"}
    assert (asked.status_code, asked.content) == (read.status_code, b"")
    assert headers(asked, ours) == headers(read, ours)
    if read.status_code == 200:
        assert asked.headers["content-length"] == read.headers["content-length"]


def headers(answer: httpx2.Response, but: set[str]) -> dict[str, str]:
    """The headers of an answer, but for some."""
    return {name: value for name, value in answer.headers.items() if name not in but}


@each_bookstore()
def test_a_page_of_a_listed_origin_reads_every_error(project: Project, database_url: str) -> None:
    with (
        serve(project, database_url, CORS_ORIGINS=f'["{ORIGIN}"]', MAX_BODY_BYTES="1024") as server,
        server.connect() as client,
    ):
        client.headers["Origin"] = ORIGIN
        answers = [
            client.post("/auth/login", content=KILOBYTE * 2000),
            client.get("/books?title=" + "x" * 9000),
            client.get("/books", headers={"X-Much": "x" * 17_000}),
            client.get("/nowhere"),
            client.put("/books"),
        ]
        fine = client.get("/books")
    assert [answer.status_code for answer in answers] == [413, 414, 431, 404, 405]
    for answer in (*answers, fine):
        assert answer.headers["access-control-allow-origin"] == ORIGIN, answer.status_code
        assert "x-request-id" in answer.headers
    exposed = set(fine.headers["access-control-expose-headers"].split(", "))
    assert exposed >= {"ETag", "Location", "Retry-After", "X-Request-ID", "Idempotency-Replayed"}


@each_bookstore()
def test_a_request_that_outlives_the_grace_may_come_again(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url, SHUTDOWN_SECONDS="1") as server:
        with connect(server) as connection:
            connection.sendall(
                b"POST /api/v1/auth/login HTTP/1.1\r\nHost: test\r\n"
                b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
            with server.connect() as client:  # the other one has been read by then
                assert client.get("/books").status_code == 200
            server.process.send_signal(signal.SIGTERM)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        server.process.wait(30)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: " in head.lower()
    assert json.loads(body)["code"] == "shutting-down"


@each_bookstore()
@pytest.mark.parametrize("proxies", ["", "127.0.0.1"], ids=["nobody", "loopback"])
def test_a_forwarded_address_is_believed_of_known_proxies_alone(
    project: Project, database_url: str, proxies: str
) -> None:
    settings = {"FORWARDED_ALLOW_IPS": proxies, "LOGIN_ATTEMPTS_PER_ADDRESS": "2"}
    with serve(project, database_url, **settings) as server, server.connect() as client:
        statuses = []
        for n in range(3):
            body = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
            forwarded = {"X-Forwarded-For": f"192.0.2.{n}"}
            statuses.append(client.post("/auth/login", json=body, headers=forwarded).status_code)
    assert statuses == [401, 401, 401 if proxies else 429]


IF_MATCH: dict[str, tuple[list[str], int]] = {
    "another": (['"7"'], 412),
    "weak": (['W/"1"'], 412),
    "padded": (['"01"'], 412),
    "two lines": (['"7"', '"1"'], 200),
    "one line": (['"7", "1"'], 200),
}


@each_bookstore()
@pytest.mark.parametrize("case", IF_MATCH)
def test_if_match_is_read_as_the_rfc_has_it(server: Server, admin_token: str, case: str) -> None:
    lines, status = IF_MATCH[case]
    with server.connect(admin_token) as client:
        author = client.post("/authors", json={"name": "Ursula"}).json()["id"]
        sent = [("If-Match", line) for line in lines]
        answer = client.patch(f"/authors/{author}", json={"name": "Le Guin"}, headers=sent)
    assert answer.status_code == status, answer.text
