"""One's own account."""

import pytest
from httpx2 import AsyncClient

from app.auth.repository import UserRepository
from app.database import Database
from tests.auth.fixtures import SignIn

SHOWN = {"id", "email", "full_name", "role", "is_active", "created_at", "updated_at"}


async def test_people_see_their_own_account(sign_in: SignIn) -> None:
    me, _other = await sign_in(), await sign_in()
    answer = await me.client.get("/users/me")
    assert answer.status_code == 200
    assert answer.json()["id"] == str(me.user_id)
    assert answer.json().keys() == SHOWN


async def test_nobody_has_no_account(client: AsyncClient) -> None:
    assert (await client.get("/users/me")).status_code == 401
    assert (await client.patch("/users/me", json={})).status_code == 401


async def test_people_name_themselves(sign_in: SignIn) -> None:
    me = await sign_in()
    answer = await me.client.patch("/users/me", json={"full_name": "Ada"})
    assert answer.status_code == 200
    assert (await me.client.get("/users/me")).json()["full_name"] == "Ada"


async def test_what_is_left_out_stays_and_null_removes(sign_in: SignIn) -> None:
    me = await sign_in()
    await me.client.patch("/users/me", json={"full_name": "Ada"})
    assert (await me.client.patch("/users/me", json={})).json()["full_name"] == "Ada"
    answer = await me.client.patch("/users/me", json={"full_name": None})
    assert answer.json()["full_name"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"role": "admin"},
        {"is_active": False},
        {"email": "other@example.com"},
        {"password": "a long walk in the rain"},
        {"full_name": ""},
        {"full_name": "a" * 201},
        {"full_name": "\0"},
    ],
)
async def test_people_change_nothing_else(sign_in: SignIn, body: dict[str, object]) -> None:
    me = await sign_in()
    before = (await me.client.get("/users/me")).json()
    assert (await me.client.patch("/users/me", json=body)).status_code == 422
    assert (await me.client.get("/users/me")).json() == before


async def test_nobody_deletes_their_own_account_by_that_name(sign_in: SignIn) -> None:
    admin = await sign_in("admin")
    answer = await admin.client.delete("/users/me")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, PATCH"


async def test_a_stale_change_is_refused(sign_in: SignIn) -> None:
    me = await sign_in()
    tag = (await me.client.get("/users/me")).headers["ETag"]
    body, headers = {"full_name": "Ada"}, {"If-Match": tag}
    assert (await me.client.patch("/users/me", json=body, headers=headers)).status_code == 200
    assert (await me.client.patch("/users/me", json=body, headers=headers)).status_code == 412


async def test_an_account_that_is_not_active_is_no_longer_ones_own(
    sign_in: SignIn, database: Database
) -> None:
    me = await sign_in()
    await UserRepository(database).change(me.user_id, {"is_active": False})
    assert (await me.client.get("/users/me")).status_code == 401
    assert (await me.client.patch("/users/me", json={})).status_code == 401
