"""Having another password."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.auth.dependencies import get_settings
from app.auth.repository import UserRepository
from app.database import Database
from tests.factories.users import PASSWORD, make_account

OTHER = "a short run in the sun"


async def sign_in(client: AsyncClient, email: str, password: str = PASSWORD) -> Response:
    return await client.post("/auth/login", json={"email": email, "password": password})


async def change(client: AsyncClient, token: str, current: str, new: str = OTHER) -> Response:
    return await client.post(
        "/auth/change-password",
        json={"current_password": current, "new_password": new},
        headers={"Authorization": f"Bearer {token}"},
    )


async def test_the_new_password_takes_the_place_of_the_old(
    client: AsyncClient, database: Database
) -> None:
    account = await make_account(database)
    tokens = (await sign_in(client, account["email"])).json()
    assert (await change(client, tokens["access_token"], PASSWORD)).status_code == 204
    assert (await sign_in(client, account["email"], PASSWORD)).status_code == 401
    assert (await sign_in(client, account["email"], OTHER)).status_code == 200


async def test_every_session_ends(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    sessions = [(await sign_in(client, account["email"])).json() for _ in range(2)]
    await change(client, sessions[0]["access_token"], PASSWORD)
    for tokens in sessions:
        body = {"refresh_token": tokens["refresh_token"]}
        assert (await client.post("/auth/refresh", json=body)).status_code == 401


async def test_the_sessions_of_others_go_on(client: AsyncClient, database: Database) -> None:
    account, other = await make_account(database), await make_account(database)
    mine = (await sign_in(client, account["email"])).json()
    theirs = (await sign_in(client, other["email"])).json()
    await change(client, mine["access_token"], PASSWORD)
    body = {"refresh_token": theirs["refresh_token"]}
    assert (await client.post("/auth/refresh", json=body)).status_code == 200


async def test_the_current_password_is_asked_for(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    tokens = (await sign_in(client, account["email"])).json()
    assert (await change(client, tokens["access_token"], "a guess")).status_code == 403
    assert (await sign_in(client, account["email"])).status_code == 200


async def test_of_two_changes_at_once_one_is_made(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    token = (await sign_in(client, account["email"])).json()["access_token"]
    news = [f"{OTHER} {n}" for n in range(2)]
    answers = await asyncio.gather(*(change(client, token, PASSWORD, new) for new in news))
    assert sorted(answer.status_code for answer in answers) == [204, 403]


async def test_a_deactivated_account_keeps_its_password(
    client: AsyncClient, database: Database
) -> None:
    account = await make_account(database)
    tokens = (await sign_in(client, account["email"])).json()
    changed = await UserRepository(database).change(account["id"], {"is_active": False})
    assert (await change(client, tokens["access_token"], PASSWORD)).status_code == 401
    assert await UserRepository(database).get(account["id"]) == changed


async def test_a_weak_password_is_refused(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    tokens = (await sign_in(client, account["email"])).json()
    answer = await change(client, tokens["access_token"], PASSWORD, "password1234")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/new_password"


async def test_guesses_count_like_logins(
    app: FastAPI, client: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = app.state.settings.model_copy(update={"login_attempts_per_account": 2})
    monkeypatch.setitem(app.dependency_overrides, get_settings, lambda: few)
    account = await make_account(database)
    tokens = (await sign_in(client, account["email"])).json()
    guesses = [await change(client, tokens["access_token"], "a guess") for _ in range(3)]
    assert [guess.status_code for guess in guesses] == [403, 403, 429]
    assert (await sign_in(client, account["email"])).status_code == 429


async def test_nobody_changes_a_password_without_signing_in(client: AsyncClient) -> None:
    assert (await change(client, "", PASSWORD)).status_code == 401
