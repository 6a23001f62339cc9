"""Signing in, and not being able to."""

import asyncio
from threading import Event
from unittest.mock import AsyncMock

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from sqlalchemy import select

from app import passwords
from app.auth.caller import Caller
from app.auth.dependencies import get_settings
from app.auth.jwt.repository import SESSIONS
from app.auth.jwt.tokens import AccessTokens
from app.auth.repository import UserRepository
from app.auth.schemas import MAX_BODY_BYTES
from app.database import Database
from app.errors import OverloadedError
from app.passwords import Hasher
from app.settings import Settings
from tests.auth.fixtures import SignIn
from tests.auth.fixtures import log_in as login
from tests.factories.users import PASSWORD, make_account, make_user


async def test_the_tokens_are_good_for_the_account(
    client: AsyncClient, database: Database, access_tokens: AccessTokens
) -> None:
    account = await make_account(database, role="admin")
    answer = await login(client, account["email"].upper())
    assert answer.status_code == 200
    tokens = answer.json()
    assert tokens.keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == access_tokens.lifetime.total_seconds()
    assert access_tokens.read(tokens["access_token"]) == Caller(account["id"], "admin")
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (await client.get("/users/me", headers=headers)).json()["id"] == str(account["id"])


async def test_nobody_learns_why_they_are_refused(client: AsyncClient, database: Database) -> None:
    known = await make_account(database)
    shut = await make_account(database, is_active=False)
    answers = [
        await login(client, known["email"], "not the password"),
        await login(client, "unknown@example.com"),
        await login(client, shut["email"]),
        await login(client, shut["email"], "not the password"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    bodies = [answer.json() for answer in answers]
    for body in bodies:
        del body["request_id"]
    assert all(body == bodies[0] for body in bodies)
    names = [sorted(answer.headers) for answer in answers]
    assert all(headers == names[0] for headers in names)


@pytest.mark.parametrize("who", ["known", "shut", "unknown"])
async def test_every_refusal_costs_one_hash(
    client: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    await make_account(database, email="known@example.com")
    await make_account(database, email="shut@example.com", is_active=False)
    calls = []
    verify = Hasher.verify

    async def count(self: Hasher, password: str, stored: str | None) -> passwords.Verdict:
        calls.append(password)
        return await verify(self, password, stored)

    monkeypatch.setattr(Hasher, "verify", count)
    await login(client, f"{who}@example.com", "not the password")
    assert calls == ["not the password"]


async def test_the_database_holds_no_token(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    token = (await login(client, account["email"])).json()["refresh_token"]
    stored = str(await database.all(select(SESSIONS)))
    assert token not in stored
    assert token.partition(".")[2] not in stored


async def test_a_hash_of_another_cost_is_replaced(
    client: AsyncClient, database: Database, settings: Settings
) -> None:
    old = await Hasher(settings.model_copy(update={"password_passes": 5})).hash(PASSWORD)
    email = "old@example.com"
    user_id = await make_user(database, email=email, password_hash=old)
    assert (await login(client, email)).status_code == 200
    new = await UserRepository(database).get(user_id)
    assert new is not None
    assert new["password_hash"] != old
    assert (await login(client, email)).status_code == 200


async def test_a_password_that_changes_meanwhile_opens_no_session(
    client: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await make_account(database)
    verify = Hasher.verify

    async def change_at_once(self: Hasher, password: str, stored: str | None) -> passwords.Verdict:
        verdict = await verify(self, password, stored)
        await UserRepository(database).change(account["id"], {"password_hash": "another"})
        return verdict

    monkeypatch.setattr(Hasher, "verify", change_at_once)
    assert (await login(client, account["email"])).status_code == 401
    assert await database.all(select(SESSIONS.c.id)) == []


async def test_failed_logins_to_an_account_are_limited(
    client: AsyncClient, database: Database, settings: Settings
) -> None:
    account, other = await make_account(database), await make_account(database)
    most = settings.login_attempts_per_account
    guesses = [login(client, account["email"], f"guess {n}") for n in range(most + 5)]
    statuses = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert statuses.count(401) == most
    assert statuses.count(429) == 5
    refused = await login(client, account["email"])
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert (await login(client, other["email"])).status_code == 200


async def test_an_unknown_account_is_limited_as_a_known_one_is(
    app: FastAPI, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = app.state.settings.model_copy(update={"login_attempts_per_account": 2})
    monkeypatch.setitem(app.dependency_overrides, get_settings, lambda: few)
    statuses = [(await login(client, "nobody@example.com")).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


async def test_a_forwarded_address_is_not_believed(
    app: FastAPI, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = app.state.settings.model_copy(update={"login_attempts_per_address": 2})
    monkeypatch.setitem(app.dependency_overrides, get_settings, lambda: few)
    statuses = []
    for n in range(3):
        client.headers["X-Forwarded-For"] = f"192.0.2.{n}"
        statuses.append((await login(client, f"u{n}@example.com")).status_code)
    assert statuses == [401, 401, 429]


async def test_what_nobody_had_time_to_check_is_no_try(
    app: FastAPI, client: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = {"login_attempts_per_account": 1, "login_attempts_per_address": 1}
    few = app.state.settings.model_copy(update=limits)
    monkeypatch.setitem(app.dependency_overrides, get_settings, lambda: few)
    account = await make_account(database)
    with monkeypatch.context() as busy:
        busy.setattr(Hasher, "verify", AsyncMock(side_effect=OverloadedError))
        statuses = [(await login(client, account["email"])).status_code for _ in range(3)]
    assert statuses == [503, 503, 503]
    assert (await login(client, account["email"])).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "ada@example.com"},
        {"email": "ada@example.com", "password": ""},
        {"email": "ada@example.com", "password": "a" * 129},
        {"email": "ada@example.com", "password": 1},
        {"email": "ada", "password": "x"},
        {"email": "ada@example.com", "password": "x", "role": "admin"},
    ],
)
async def test_a_bad_body_is_refused(client: AsyncClient, body: dict[str, object]) -> None:
    assert (await client.post("/auth/login", json=body)).status_code == 422


class Waiting:
    """Looks at a password once somebody else has been answered, or after long enough without."""

    def __init__(self) -> None:
        self.has_begun = asyncio.Event()
        self.others_are_answered = Event()
        self._loop = asyncio.get_running_loop()
        self.ended_in_time = False

    def verify_and_update(self, _password: str, _stored: str) -> tuple[bool, None]:
        """No, and no better hash."""
        self._loop.call_soon_threadsafe(self.has_begun.set)
        self.ended_in_time = self.others_are_answered.wait(20)
        return False, None


async def test_others_are_answered_while_a_password_is_looked_at(
    client: AsyncClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher, waiting = Hasher(settings), Waiting()
    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(hasher, "_argon2", waiting)
    signing_in = asyncio.create_task(login(client, "nobody@example.com"))
    await asyncio.wait_for(waiting.has_begun.wait(), 20)
    assert (await client.get("http://test/health/live")).status_code == 200
    waiting.others_are_answered.set()
    assert (await signing_in).status_code == 401
    assert waiting.ended_in_time


async def test_there_is_no_password_grant(client: AsyncClient) -> None:
    document = (await client.get("http://test/openapi.json")).json()
    assert "flows" not in str(document["components"]["securitySchemes"])


@pytest.mark.parametrize("path", ["login", "refresh", "logout", "change-password"])
async def test_a_large_body_is_not_read(sign_in: SignIn, path: str) -> None:
    session = await sign_in()
    answer = await session.client.post(f"/auth/{path}", json={"x": "x" * MAX_BODY_BYTES})
    assert answer.status_code == 413
