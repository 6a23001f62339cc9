"""What strangers learn of accounts, and what a stolen or outlived credential is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from generated.databases import ask
from generated.projects import Project
from generated.server import PASSWORD, Server, serve
from generated.test_service import renew

from security.accounts import token_of
from security.samples import each_bookstore

COSTLY = {"PASSWORD_MEMORY_KIB": "65536", "PASSWORD_PASSES": "4"}
"""One hash takes far more than all else that a login does."""
DEFAULT_COST = {"PASSWORD_MEMORY_KIB": "19456", "PASSWORD_PASSES": "2"}
LOGINS = 3
STRANGERS = ("unknown", "inactive")
PROCESSES = Path("/proc")
WRONG = "not the password"
has_process_times = pytest.mark.skipif(
    not (PROCESSES / "self/stat").exists(), reason="this system doesn't tell what a process used"
)


def account(client: httpx2.Client, password: str = PASSWORD) -> dict[str, str]:
    """The credentials of a new account."""
    body = {"email": f"{uuid4().hex}@example.com", "password": password}
    assert client.post("/auth/sign-up", json=body).status_code == 201
    return body


def deactivated(server: Server) -> str:
    """The email of an account that an admin has closed."""
    with server.connect(token_of(server, "admin")) as client:
        body = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
        made = client.post("/auth/sign-up", json=body).json()
        assert client.patch(f"/users/{made['id']}", json={"is_active": False}).status_code == 200
    return body["email"]


@pytest.fixture
def emails(server: Server) -> dict[str, str]:
    """An account, one that is closed, and none."""
    with server.connect() as client:
        known = account(client)["email"]
    return {"known": known, "inactive": deactivated(server), "unknown": f"{uuid4().hex}@x.org"}


@each_bookstore()
def test_no_refusal_of_a_login_tells_why(server: Server, emails: dict[str, str]) -> None:
    told = []
    with server.connect() as client:
        for email in emails.values():
            answer = client.post("/auth/login", json={"email": email, "password": WRONG})
            body = {k: v for k, v in answer.json().items() if k != "request_id"}
            told.append((answer.status_code, body, sorted(answer.headers)))
    assert told == [told[0]] * len(emails)
    assert told[0][0] == 401


@has_process_times
@each_bookstore()
def test_a_login_works_as_hard_for_an_account_that_is_not_there(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url, **COSTLY) as server, server.connect() as client:
        known = account(client)["email"]
        inactive = deactivated(server)
        work = {
            "known": spent(server, lambda: known),
            "inactive": spent(server, lambda: inactive),
            "unknown": spent(server, lambda: f"{uuid4().hex}@example.com"),
        }
    for who in STRANGERS:
        assert work["known"] / 2 < work[who] < work["known"] * 2, work


def spent(server: Server, email: Callable[[], str]) -> int:
    """The clock ticks that the process of a service computes to refuse some logins."""
    before = ticks(server.process.pid)
    with server.connect() as client:
        for _ in range(LOGINS):
            answer = client.post("/auth/login", json={"email": email(), "password": WRONG})
            assert answer.status_code == 401
    return ticks(server.process.pid) - before


def ticks(pid: int) -> int:
    """What a process has computed so far, all its threads together: `utime` and `stime`."""
    fields = (PROCESSES / str(pid) / "stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@each_bookstore()
def test_only_a_dear_hash_is_stored_and_a_cheap_one_is_replaced(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url) as cheap, cheap.connect() as client:
        body = account(client)
    assert stored(database_url, body["email"]).startswith("$argon2id$v=19$m=64,t=1,p=1$")
    with serve(project, database_url, **DEFAULT_COST) as dear, dear.connect() as client:
        assert client.post("/auth/login", json=body).status_code == 200
    assert stored(database_url, body["email"]).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def stored(database_url: str, email: str) -> str:
    """The hash that the database holds."""
    ((found,),) = ask(database_url, f"SELECT password_hash FROM users WHERE email = '{email}'")
    return str(found)


PASSWORDS: dict[str, tuple[str, int]] = {
    "short": ("x7!kQp2$vB9", 422),
    "common": ("password1234", 422),
    "too long": ("x" * 129, 422),
    "a megabyte": ("x" * 1024 * 1024, 413),
    "a phrase": ("a phrase of more than sixty letters, with spaces, and no digit at all", 201),
    "the longest": ("x7" * 64, 201),
    "not Latin": ("правильная лошадь", 201),
}


@each_bookstore()
@pytest.mark.parametrize("case", PASSWORDS)
def test_a_password_is_long_and_not_common_and_else_as_one_likes(server: Server, case: str) -> None:
    password, status = PASSWORDS[case]
    body = {"email": f"{uuid4().hex}@example.com", "password": password}
    with server.connect() as client:
        answer = client.post("/auth/sign-up", json=body)
        assert answer.status_code == status
        assert password not in answer.text
        if status == 201:
            assert client.post("/auth/login", json=body).status_code == 200


@pytest.fixture
def twins(project: Project, database_url: str) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """Clients of two processes of one service, on one database."""
    settings = {"SECRET_KEY": uuid4().hex * 2, "LOGIN_ATTEMPTS_PER_ACCOUNT": "4"}
    with ExitStack() as stack:
        servers = [stack.enter_context(serve(project, database_url, **settings)) for _ in range(2)]
        one, other = (stack.enter_context(server.connect()) for server in servers)
        yield one, other


@each_bookstore()
def test_of_many_renewals_at_once_one_succeeds_and_then_none(
    twins: tuple[httpx2.Client, httpx2.Client],
) -> None:
    token = twins[0].post("/auth/login", json=account(twins[0])).json()["refresh_token"]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda client: renew(client, token), islice(cycle(twins), 6)))
    assert sorted(one.status_code for one in answers) == [200, *[401] * 5]
    (winner,) = (one for one in answers if one.status_code == 200)
    assert renew(twins[1], winner.json()["refresh_token"]).status_code == 401


@each_bookstore()
def test_failed_logins_are_counted_together_by_all_processes(
    twins: tuple[httpx2.Client, httpx2.Client],
) -> None:
    body = account(twins[0])
    wrong = {**body, "password": WRONG}
    tries = [client.post("/auth/login", json=wrong) for client in islice(cycle(twins), 6)]
    assert [one.status_code for one in tries] == [401] * 4 + [429] * 2
    assert all(int(one.headers["retry-after"]) > 0 for one in tries[4:])
    assert twins[0].post("/auth/login", json=body).status_code == 429
    assert twins[1].post("/auth/login", json=account(twins[1])).status_code == 200


@each_bookstore()
def test_a_new_password_ends_every_session_and_no_neighbours(server: Server) -> None:
    with server.connect() as client:
        mine, neighbour = account(client), account(client)
        here, there, theirs = (
            client.post("/auth/login", json=one).json() for one in (mine, mine, neighbour)
        )
        client.headers["Authorization"] = f"Bearer {here['access_token']}"
        new = {"current_password": PASSWORD, "new_password": "another horse, another battery"}
        assert client.post("/auth/change-password", json=new).status_code == 204
        statuses = [renew(client, one["refresh_token"]).status_code for one in (here, there)]
        assert statuses == [401, 401]
        assert renew(client, theirs["refresh_token"]).status_code == 200
        assert client.post("/auth/login", json=mine).status_code == 401


@each_bookstore()
def test_a_new_role_and_a_closed_account_end_every_session(server: Server) -> None:
    with server.connect() as client, server.connect(token_of(server, "admin")) as staff:
        for change in ({"role": "editor"}, {"is_active": False}):
            body = account(client)
            tokens = client.post("/auth/login", json=body).json()
            signed_in = {"Authorization": f"Bearer {tokens['access_token']}"}
            id_ = client.get("/users/me", headers=signed_in).json()["id"]
            assert staff.patch(f"/users/{id_}", json=change).status_code == 200
            assert renew(client, tokens["refresh_token"]).status_code == 401


@each_bookstore()
def test_the_database_holds_no_token(project: Project, database_url: str) -> None:
    with serve(project, database_url) as server, server.connect() as client:
        token = client.post("/auth/login", json=account(client)).json()["refresh_token"]
    (row,) = ask(database_url, "SELECT * FROM _sessions")
    assert token.partition(".")[2] not in str(row)
