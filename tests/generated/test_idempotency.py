"""Creations that are sent again happen once, on a real server and a real database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx2

from generated.projects import each_bookstore
from generated.server import Server, admin

TRIES = 8


@each_bookstore()
def test_creations_at_once_with_a_key_are_one(server: Server, admin_token: str) -> None:
    name, key = uuid4().hex, str(uuid4())
    with server.connect(admin_token) as client:

        def create(_: int) -> httpx2.Response:
            body = {"name": name}
            return client.post("/authors", json=body, headers={"Idempotency-Key": key})

        with ThreadPoolExecutor(TRIES) as threads:
            answers = list(threads.map(create, range(TRIES)))
        stored = client.get("/authors", params={"name": name}).json()["items"]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers.get("idempotency-replayed") for answer in answers].count(None) == 1
    assert [one["id"] for one in stored] == [answers[0].json()["id"]]


@each_bookstore()
def test_a_key_is_its_principals_own(server: Server) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    ids = []
    for token in (admin(server), admin(server)):
        with server.connect(token) as client:
            answer = client.post("/authors", json={"name": "Ursula"}, headers=headers)
            ids.append(answer.json()["id"])
    assert len(set(ids)) == 2


@each_bookstore()
def test_what_the_database_refused_takes_no_key(server: Server, admin_token: str) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"name": f"tag-{uuid4().hex}", "label": "x"}
    with server.connect(admin_token) as client:
        first = client.post("/tags", json=body).json()
        refused = client.post("/tags", json=body, headers=headers)
        assert refused.status_code == 409, refused.text
        client.delete(f"/tags/{first['id']}")
        assert client.post("/tags", json=body, headers=headers).status_code == 201
