"""What no client should send is refused, whatever it is, and never a fault of the service."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from uuid import uuid4

import httpx2
import pytest

from generated.projects import each_bookstore
from generated.server import Server

DEEP = 100_000
MEGABYTE = b"x" * 1024 * 1024
JSON = {"Content-Type": "application/json"}

BODIES: dict[str, bytes] = {
    "NUL": b'{"name": "a\\u0000b"}',
    "lone surrogate": b'{"name": "\\ud800"}',
    "surrogates the wrong way round": b'{"name": "\\udc00\\ud800"}',
    "bad UTF-8": b'{"name": "\xff\xfe"}',
    "NaN": b'{"name": NaN}',
    "infinity": b'{"name": 1e400}',
    "deep list": b'{"name": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep object": b'{"name": ' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"}",
    "long number": b'{"name": ' + b"9" * 5000 + b"}",
    "long text": b'{"name": "' + b"x" * 500_000 + b'"}',
    "null": b"null",
    "a list": b"[]",
    "nothing": b"",
    "a key of NUL": b'{"\\u0000": 1, "name": "a"}',
    "a key that is a surrogate": b'{"\\ud800": 1, "name": "a"}',
}

REVIEWS: dict[str, bytes] = {
    "over 16 bits": b"32768",
    "over 32 bits": b"2147483648",
    "over 64 bits": b"9223372036854775808",
    "far below": b"-99999999999999999999999999",
    "a fraction": b"1.5",
    "a text": b'"1"',
    "a truth": b"true",
    "NaN": b"NaN",
    "infinity": b"Infinity",
}

PRICES: dict[str, bytes] = {
    "too many digits": b'"123456789012.00"',
    "too fine": b'"1.001"',
    "NaN": b'"NaN"',
    "infinity": b'"Infinity"',
    "signalling": b'"sNaN"',
    "huge exponent": b'"1e999999999"',
    "other digits": '"\u0661"'.encode(),
}

PATHS = {
    "NUL": "/books/%00",
    "NUL in an id": f"/books/{uuid4()}%00",
    "bad UTF-8": "/books/%ff%fe",
    "up and out": "/books/..%2f..%2fetc%2fpasswd",
    "NUL in a filter": "/books?title=%00",
    "surrogate in a filter": "/books?title=%ed%a0%80",
    "bad UTF-8 in a filter": "/books?title__contains=%ff",
    "huge number in a filter": "/reviews?rating=99999999999999999999999",
    "NaN in a filter": "/reviews?rating=NaN",
    "many in a list": "/books?status__in=" + ",".join(["draft"] * 1000),
    "SQL in sort": "/books?sort=title%3BDROP%20TABLE%20books",
    "bad date": "/books?published_on=9999999-01-01",
    "cursor of NUL": "/books?cursor=%00",
    "cursor of another list": "/books?cursor=eyJhIjoxfQ",
    "long cursor": "/books?cursor=" + "A" * 5000,
    "endless target": "/books?title=" + "x" * 60_000,
}

READ_AS_ANOTHER_TEXT = {"surrogate in a filter", "bad UTF-8 in a filter"}
"""Percent-encoded bytes that are no text become U+FFFD, as browsers read them too."""


def refused(answer: httpx2.Response, case: str) -> None:
    assert 400 <= answer.status_code < 500, (case, answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json", case
    assert "x-request-id" in answer.headers, case


def put_in(template: bytes, values: dict[str, bytes]) -> dict[str, bytes]:
    return {case: template.replace(b"VALUE", value) for case, value in values.items()}


@each_bookstore()
def test_hostile_bodies_are_refused(server: Server, admin_token: str) -> None:
    id_ = str(uuid4()).encode()
    review = b'{"rating": VALUE, "body": "b", "book_id": "' + id_ + b'"}'
    book = b'{"title": "t", "isbn": "1234567890123", "price": VALUE, "author_id": "' + id_ + b'"}'
    with server.connect(admin_token) as client:
        for case, body in BODIES.items():
            refused(client.post("/authors", content=body, headers=JSON), case)
        for case, body in put_in(review, REVIEWS).items():
            refused(client.post("/reviews", content=body, headers=JSON), case)
        for case, body in put_in(book, PRICES).items():
            refused(client.post("/books", content=body, headers=JSON), case)


@each_bookstore()
def test_hostile_logins_are_refused(server: Server) -> None:
    with server.connect() as client:
        for case, body in BODIES.items():
            hostile = body.replace(b'"name"', b'"password": "x", "email"')
            refused(client.post("/auth/login", content=hostile, headers=JSON), case)
            refused(client.post("/auth/sign-up", content=hostile, headers=JSON), case)


@each_bookstore()
@pytest.mark.parametrize("case", PATHS)
def test_hostile_targets_are_refused(server: Server, case: str) -> None:
    with server.connect() as client:
        answer = client.get(PATHS[case])
    if case not in READ_AS_ANOTHER_TEXT:
        refused(answer, case)
    assert answer.status_code < 500


HEADERS: dict[str, dict[str, str | bytes]] = {
    "70 kB": {"X-Much": "x" * 70_000},
    "70 kB of token": {"Authorization": "Bearer " + "x" * 70_000},
    "no token": {"Authorization": "Bearer"},
    "another scheme": {"Authorization": "Basic eDp5"},
    "no ASCII": {"Authorization": b"Bearer \xff\xfe"},
    "bad tag": {"If-Match": '"' + "9" * 100 + '"'},
    "half a tag": {"If-Match": '"1'},
}


@each_bookstore()
@pytest.mark.parametrize("case", HEADERS)
def test_hostile_headers_are_refused(server: Server, admin_token: str, case: str) -> None:
    given = {"Authorization": f"Bearer {admin_token}", **HEADERS[case]}
    headers = [(k.encode(), v if isinstance(v, bytes) else v.encode()) for k, v in given.items()]
    with server.connect() as client:
        answer = client.patch(f"/authors/{uuid4()}", json={"name": "x"}, headers=headers)
    refused(answer, case)
    assert (answer.status_code == 431) == case.startswith("70 kB")


@each_bookstore()
@pytest.mark.parametrize("told", [True, False], ids=["length told", "in chunks"])
def test_twenty_megabytes_are_too_many(server: Server, admin_token: str, told: bool) -> None:
    sent = MEGABYTE * 20 if told else chunks()
    with server.connect(admin_token) as client:
        answer = client.post("/authors", content=sent, headers=JSON)
    refused(answer, "20 MB")
    assert answer.status_code == 413


def chunks() -> Iterator[bytes]:
    """Twenty megabytes, one at a time."""
    for _ in range(20):
        yield MEGABYTE


@each_bookstore()
@pytest.mark.parametrize(
    "sent", [b"nothing like HTTP\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 100 + b"\r\n\r\n"]
)
def test_what_is_not_http_is_refused(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", httpx2.URL(server.url).port or 0)) as connection:
        connection.settimeout(10)
        connection.sendall(sent)
        answer = connection.recv(1000)
    assert answer[:12] in {b"", b"HTTP/1.1 400", b"HTTP/1.1 404"}
    assert server.is_live()
