"""Tokens over real HTTP: the genuine one is let in, and none that differs from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from generated.projects import Project
from generated.server import Server, serve, sign_up
from generated.test_service import renew, session

from security.operations import operations
from security.rules import EVERYONE, rules
from security.samples import each_bookstore, each_service
from security.tokens import FORGERIES, OTHER_KEY, Genuine

EVERYWHERE = ("unsigned", "another key", "run out", "a token that is any JWT", "HS512")


@pytest.fixture
def genuine(server: Server, user_token: str) -> Genuine:
    """The access token of a user."""
    return Genuine(user_token, server.secret_key)


def status(server: Server, token: str) -> int:
    """What whoever bears a token is told when asking for their account."""
    with server.connect(token) as client:
        answer = client.get("/users/me")
    if answer.status_code == 401:
        assert "Bearer" in answer.headers["www-authenticate"].split(", ")
        assert answer.json()["code"] == "unauthenticated"
    return answer.status_code


@each_service()
def test_the_genuine_token_is_let_in_also_when_we_sign_it(server: Server, genuine: Genuine) -> None:
    assert status(server, genuine.token) == 200
    assert status(server, genuine.signed()) == 200
    assert status(server, genuine.signed(aud=[genuine.claims["aud"], "another"])) == 200


@each_service()
def test_a_key_is_replaced_while_its_tokens_live(project: Project, database_url: str) -> None:
    new = {"SECRET_KEY": "a new key that is as long as it has to be"}
    with serve(project, database_url) as before:
        old = {"PREVIOUS_SECRET_KEY": before.secret_key}
        token = sign_up(before)
    with serve(project, database_url, **new, **old) as meanwhile:
        assert status(meanwhile, token) == 200
        younger = sign_up(meanwhile)
    with serve(project, database_url, **new) as after:
        assert [status(after, one) for one in (token, younger)] == [401, 200]


@each_service()
@pytest.mark.parametrize("case", FORGERIES)
def test_a_forged_token_is_refused(server: Server, genuine: Genuine, case: str) -> None:
    assert status(server, FORGERIES[case](genuine)) == 401


@each_service()
@pytest.mark.parametrize("case", EVERYWHERE)
def test_no_operation_takes_a_forged_token(server: Server, genuine: Genuine, case: str) -> None:
    with server.connect(FORGERIES[case](genuine)) as client:
        for operation in operations(server):
            if EVERYONE not in rules(server.project, operation):
                assert operation.send(client).status_code == 401, str(operation)


@each_service()
def test_a_token_is_taken_from_the_header_alone(server: Server, user_token: str) -> None:
    with server.connect() as nobody:
        answers = [
            nobody.get("/users/me", params={"access_token": user_token}),
            nobody.get("/users/me", params={"token": user_token}),
            nobody.get("/users/me", headers={"Cookie": f"access_token={user_token}"}),
            nobody.get("/users/me", headers={"X-Access-Token": user_token}),
            nobody.get("/users/me", headers={"Authorization": user_token}),
            nobody.get("/users/me", headers={"Authorization": f"Bearer Bearer {user_token}"}),
            nobody.get("/users/me", headers={"Authorization": f"Basic {user_token}"}),
        ]
    assert {answer.status_code for answer in answers} <= {401, 422}


@each_service()
def test_a_role_counts_as_it_was_signed(server: Server, genuine: Genuine) -> None:
    with server.connect(genuine.signed(role="Admin")) as client:
        assert client.get("/users").status_code == 403
    with server.connect(genuine.signed(role="owner")) as client:
        assert client.get("/users").status_code == 403


@each_bookstore()
def test_no_key_is_fetched_that_a_token_points_at(server: Server, genuine: Genuine) -> None:
    with listener() as (url, visits):
        for name in ("jku", "x5u"):
            told = {name: url, "kid": "theirs"}
            assert status(server, genuine.signed(told, OTHER_KEY)) == 401
            assert status(server, genuine.signed(told)) == 200
    assert visits == []


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and who has asked it for what."""
    visits: list[str] = []

    class Visitor(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Visitor) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/keys", visits
        server.shutdown()


@each_bookstore()
def test_a_refresh_token_is_no_access_token(server: Server) -> None:
    with server.connect() as client:
        token = session(client)
        assert status(server, token) == 401
        assert renew(client, token).status_code == 200


@each_bookstore()
def test_an_access_token_renews_nothing(server: Server, user_token: str) -> None:
    with server.connect() as client:
        answer = client.post("/auth/refresh", json={"refresh_token": user_token})
    assert answer.status_code in {401, 422}
