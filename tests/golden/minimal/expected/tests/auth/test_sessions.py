"""Staying signed in, and signing out."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import AsyncClient, Response
from sqlalchemy import select

from app.auth.jwt import service
from app.auth.jwt.repository import SESSIONS
from app.auth.jwt.tokens import AccessTokens
from app.auth.repository import UserRepository
from app.clock import utc_now
from app.database import Database, Row
from app.settings import Settings
from tests.factories.users import PASSWORD, make_account


@pytest.fixture
async def account(database: Database) -> Row:
    """Somebody's account."""
    return await make_account(database)


@pytest.fixture
async def token(client: AsyncClient, account: Row) -> str:
    """The refresh token of a new session."""
    return await open_session(client, account)


async def open_session(client: AsyncClient, account: Row) -> str:
    credentials = {"email": account["email"], "password": PASSWORD}
    tokens: dict[str, Any] = (await client.post("/auth/login", json=credentials)).json()
    return str(tokens["refresh_token"])


async def refresh(client: AsyncClient, token: str) -> Response:
    return await client.post("/auth/refresh", json={"refresh_token": token})


async def sign_out(client: AsyncClient, token: str) -> Response:
    return await client.post("/auth/logout", json={"refresh_token": token})


async def test_a_session_goes_on_with_the_next_token(client: AsyncClient, token: str) -> None:
    for _ in range(3):
        answer = await refresh(client, token)
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] != token
        token = answer.json()["refresh_token"]


async def test_a_token_that_is_used_twice_ends_its_session(client: AsyncClient, token: str) -> None:
    successor = (await refresh(client, token)).json()["refresh_token"]
    assert (await refresh(client, token)).status_code == 401
    assert (await refresh(client, successor)).status_code == 401


async def test_other_sessions_go_on(client: AsyncClient, account: Row, token: str) -> None:
    other = await open_session(client, account)
    await refresh(client, token)
    await refresh(client, token)
    assert (await refresh(client, other)).status_code == 200


async def test_of_many_at_once_one_wins(client: AsyncClient, token: str) -> None:
    answers = await asyncio.gather(*(refresh(client, token) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]


async def test_the_new_tokens_carry_the_role_of_now(
    client: AsyncClient, database: Database, account: Row, token: str, access_tokens: AccessTokens
) -> None:
    await UserRepository(database).change(account["id"], {"role": "admin"})
    tokens = (await refresh(client, token)).json()
    assert access_tokens.read(tokens["access_token"]).role == "admin"


async def test_an_account_that_is_not_active_stays_out(
    client: AsyncClient, database: Database, account: Row, token: str
) -> None:
    await UserRepository(database).change(account["id"], {"is_active": False})
    assert (await refresh(client, token)).status_code == 401
    await UserRepository(database).change(account["id"], {"is_active": True})
    assert (await refresh(client, token)).status_code == 401


async def test_a_session_that_nobody_renews_runs_out(
    client: AsyncClient, token: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = utc_now() + timedelta(days=settings.refresh_token_days, seconds=1)
    monkeypatch.setattr(service, "utc_now", lambda: later)
    assert (await refresh(client, token)).status_code == 401


async def test_renewing_puts_the_end_off(
    client: AsyncClient, token: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = utc_now()
    for part in (0.6, 1.2):
        later = now + timedelta(days=settings.refresh_token_days * part)
        monkeypatch.setattr(service, "utc_now", lambda later=later: later)
        answer = await refresh(client, token)
        assert answer.status_code == 200
        token = answer.json()["refresh_token"]


async def test_sessions_that_ran_out_are_forgotten(
    client: AsyncClient,
    database: Database,
    account: Row,
    token: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = utc_now() + timedelta(days=settings.refresh_token_days, seconds=1)
    monkeypatch.setattr(service, "utc_now", lambda: later)
    await open_session(client, account)
    assert len(await database.all(select(SESSIONS.c.id))) == 1


async def test_signing_out_ends_the_session(client: AsyncClient, token: str) -> None:
    assert (await sign_out(client, token)).status_code == 204
    assert (await refresh(client, token)).status_code == 401


async def test_signing_out_ends_no_other_session(
    client: AsyncClient, account: Row, token: str
) -> None:
    other = await open_session(client, account)
    await sign_out(client, token)
    assert (await refresh(client, other)).status_code == 200


async def test_signing_out_twice_is_signing_out(client: AsyncClient, token: str) -> None:
    for text in (token, token, "garbage", f"{uuid4().hex}.secret"):
        assert (await sign_out(client, text)).status_code == 204


@pytest.mark.parametrize("text", ["garbage", f"{'1' * 32}.secret", "1" * 32, ".", "é" * 50])
async def test_an_unknown_token_is_refused(client: AsyncClient, text: str) -> None:
    assert (await refresh(client, text)).status_code == 401


@pytest.mark.parametrize("text", ["", "a" * 201, 1, None])
async def test_what_can_be_no_token_is_refused(client: AsyncClient, text: str) -> None:
    assert (await refresh(client, text)).status_code == 422
