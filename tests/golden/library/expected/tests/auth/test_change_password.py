"""Having another password."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.auth.dependencies import get_settings
from app.auth.repository import UserRepository
from app.database import Database
from tests.auth.fixtures import credentials_of, goes_on, log_in
from tests.factories.users import PASSWORD, make_account

OTHER = "a short run in the sun"


async def change(
    client: AsyncClient, session: Response, current: str, new: str = OTHER
) -> Response:
    return await client.post(
        "/auth/change-password",
        json={"current_password": current, "new_password": new},
        headers=credentials_of(session),
    )


async def test_the_new_password_takes_the_place_of_the_old(
    client: AsyncClient, database: Database
) -> None:
    account = await make_account(database)
    session = await log_in(client, account["email"])
    assert (await change(client, session, PASSWORD)).status_code == 204
    assert (await log_in(client, account["email"], PASSWORD)).status_code == 401
    assert (await log_in(client, account["email"], OTHER)).is_success


async def test_every_session_ends(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    sessions = [await log_in(client, account["email"]) for _ in range(2)]
    await change(client, sessions[0], PASSWORD)
    for session in sessions:
        assert not await goes_on(client, session)


async def test_the_sessions_of_others_go_on(client: AsyncClient, database: Database) -> None:
    account, other = await make_account(database), await make_account(database)
    mine, theirs = await log_in(client, account["email"]), await log_in(client, other["email"])
    await change(client, mine, PASSWORD)
    assert await goes_on(client, theirs)


async def test_the_current_password_is_asked_for(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    session = await log_in(client, account["email"])
    assert (await change(client, session, "a guess")).status_code == 403
    assert (await log_in(client, account["email"])).is_success


async def test_of_two_changes_at_once_one_is_made(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    session = await log_in(client, account["email"])
    news = [f"{OTHER} {n}" for n in range(2)]
    answers = await asyncio.gather(*(change(client, session, PASSWORD, new) for new in news))
    assert sorted(answer.status_code for answer in answers) == [204, 403]


async def test_a_deactivated_account_keeps_its_password(
    client: AsyncClient, database: Database
) -> None:
    account = await make_account(database)
    session = await log_in(client, account["email"])
    changed = await UserRepository(database).change(account["id"], {"is_active": False})
    assert (await change(client, session, PASSWORD)).status_code == 401
    assert await UserRepository(database).get(account["id"]) == changed


async def test_a_weak_password_is_refused(client: AsyncClient, database: Database) -> None:
    account = await make_account(database)
    session = await log_in(client, account["email"])
    answer = await change(client, session, PASSWORD, "password1234")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/new_password"


async def test_guesses_count_like_logins(
    app: FastAPI, client: AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = app.state.settings.model_copy(update={"login_attempts_per_account": 2})
    monkeypatch.setitem(app.dependency_overrides, get_settings, lambda: few)
    account = await make_account(database)
    session = await log_in(client, account["email"])
    guesses = [await change(client, session, "a guess") for _ in range(3)]
    assert [guess.status_code for guess in guesses] == [403, 403, 429]
    assert (await log_in(client, account["email"])).status_code == 429


async def test_nobody_changes_a_password_without_signing_in(client: AsyncClient) -> None:
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert (await client.post("/auth/change-password", json=body)).status_code == 401
