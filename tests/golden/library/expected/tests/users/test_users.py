"""Everybody's accounts, for admins."""

import asyncio
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from app.auth.caller import Caller
from app.auth.models import Role
from app.auth.repository import UserRepository
from app.database import Database
from app.errors import ForbiddenError
from app.filters import contains, starts_with
from app.settings import Settings
from app.users.schemas import UserRead, UserUpdate
from app.users.service import UserService
from tests.auth.fixtures import SignIn, goes_on, log_in
from tests.factories.users import make_account, make_user

OPERATIONS = [("GET", ""), ("GET", "/{id}"), ("PATCH", "/{id}"), ("DELETE", "/{id}")]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_only_admins_get_in(
    client: AsyncClient, sign_in: SignIn, method: str, path: str
) -> None:
    somebody = await sign_in()
    url = "/users" + path.format(id=somebody.user_id)
    body = {"unheard_of": "1"} if method == "PATCH" else None  # which is looked at later
    assert (await client.request(method, url, json=body)).status_code == 401
    assert (await somebody.client.request(method, url, json=body)).status_code == 403


@pytest.mark.parametrize(("method", "path"), OPERATIONS[1:])
async def test_an_unknown_user_is_not_found(sign_in: SignIn, method: str, path: str) -> None:
    admin = await sign_in("admin")
    body: dict[str, str] | None = {} if method == "PATCH" else None
    url = "/users" + path.format(id=uuid4())
    assert (await admin.client.request(method, url, json=body)).status_code == 404


async def test_the_list_is_filtered_and_sorted(sign_in: SignIn, database: Database) -> None:
    admin = await sign_in("admin")
    await make_user(database, email="zoe@example.com")
    await make_user(database, email="abe@example.com", is_active=False)

    async def emails(**query: str) -> list[str]:
        answer = await admin.client.get("/users", params=query)
        return [user["email"] for user in answer.json()["items"]]

    assert await emails(email="ZOE@example.com") == ["zoe@example.com"]
    assert await emails(email__contains="bE@") == ["abe@example.com"]
    assert await emails(is_active="false") == ["abe@example.com"]
    assert len(await emails(role="admin")) == 1
    assert await emails(role="user", sort="email") == ["abe@example.com", "zoe@example.com"]


async def test_texts_are_found_to_the_letter(database: Database) -> None:
    await make_user(database, full_name="Ab_c%d")
    name = UserRepository.table.c.full_name

    async def begins(text: str) -> bool:
        return bool(await database.all(select(name).where(starts_with(name, text))))

    async def holds(text: str) -> bool:
        return bool(await database.all(select(name).where(contains(name, text))))

    assert [await begins(text) for text in ("Ab_c%", "Ab", "ab", "A__", "%", "b")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [await holds(text) for text in ("B_C%D", "b%d", "b__", "%d")] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("text", ["ΟΔΟΣ", "οδος", "οδοσ", "Δοσε", "δοςε"])
async def test_a_sigma_is_found_wherever_it_stands(database: Database, text: str) -> None:
    await make_user(database, full_name="Οδοσεια Οδος")
    name = UserRepository.table.c.full_name
    assert await database.all(select(name).where(contains(name, text)))


@pytest.mark.parametrize("query", ["sort=password_hash", "role=king", "password_hash=x"])
async def test_a_bad_query_is_refused(sign_in: SignIn, query: str) -> None:
    admin = await sign_in("admin")
    assert (await admin.client.get(f"/users?{query}")).status_code == 422


async def test_a_role_is_given_and_the_sessions_end(
    client: AsyncClient, sign_in: SignIn, database: Database
) -> None:
    admin, account = await sign_in("admin"), await make_account(database)
    session = await log_in(client, account["email"])
    answer = await admin.client.patch(f"/users/{account['id']}", json={"role": "admin"})
    assert answer.status_code == 200
    assert answer.json()["role"] == "admin"
    assert not await goes_on(client, session)


async def test_a_deactivated_account_is_shut(
    client: AsyncClient, sign_in: SignIn, database: Database
) -> None:
    admin, account = await sign_in("admin"), await make_account(database)
    session = await log_in(client, account["email"])
    url = f"/users/{account['id']}"
    assert (await admin.client.patch(url, json={"is_active": False})).status_code == 200
    assert (await log_in(client, account["email"])).status_code == 401
    assert not await goes_on(client, session)
    assert (await admin.client.patch(url, json={"is_active": True})).status_code == 200
    assert not await goes_on(client, session)


async def test_a_change_of_nothing_ends_no_session(
    client: AsyncClient, sign_in: SignIn, database: Database
) -> None:
    admin, account = await sign_in("admin"), await make_account(database)
    session = await log_in(client, account["email"])
    for body in ({}, {"role": "user"}, {"is_active": True}):
        answer = await admin.client.patch(f"/users/{account['id']}", json=body)
        assert answer.status_code == 200
    assert await goes_on(client, session)


@pytest.mark.parametrize(
    "body", [{"role": "king"}, {"role": None}, {"is_active": 0}, {"email": "x"}]
)
async def test_a_bad_change_is_refused(
    sign_in: SignIn, database: Database, body: dict[str, object]
) -> None:
    admin, user_id = await sign_in("admin"), await make_user(database)
    assert (await admin.client.patch(f"/users/{user_id}", json=body)).status_code == 422


async def test_a_stale_change_is_refused(sign_in: SignIn, database: Database) -> None:
    admin, user_id = await sign_in("admin"), await make_user(database)
    url = f"/users/{user_id}"
    headers = {"If-Match": (await admin.client.get(url)).headers["ETag"]}
    await admin.client.patch(url, json={"role": "admin"})
    answer = await admin.client.patch(url, json={"is_active": False}, headers=headers)
    assert answer.status_code == 412
    assert (await admin.client.delete(url, headers=headers)).status_code == 412
    assert (await admin.client.get(url)).json()["is_active"] is True


@pytest.mark.parametrize("body", [{"role": "user"}, {"is_active": False}, None])
async def test_the_last_active_admin_stays(
    sign_in: SignIn, database: Database, body: dict[str, object] | None
) -> None:
    admin = await sign_in("admin")
    await make_user(database, "admin", is_active=False)
    url = f"/users/{admin.user_id}"
    answer = await admin.client.request("PATCH" if body else "DELETE", url, json=body)
    assert answer.status_code == 409
    account = (await admin.client.get(url)).json()
    assert (account["role"], account["is_active"]) == ("admin", True)


@pytest.mark.parametrize("change", [{"role": "user"}, {"is_active": False}, None])
async def test_who_is_no_admin_any_more_administers_nothing(
    sign_in: SignIn, database: Database, change: dict[str, object] | None
) -> None:
    former, user_id, users = (
        await sign_in("admin"),
        await make_user(database),
        UserRepository(database),
    )
    await make_user(database, "admin")
    if change is None:
        await users.remove(former.user_id)
    else:
        await users.change(former.user_id, change)
    for url in (f"/users/{former.user_id}", f"/users/{user_id}"):
        for method, body in (("PATCH", {"role": "admin", "is_active": True}), ("DELETE", None)):
            answer = await former.client.request(method, url, json=body)
            assert answer.status_code in (401, 403), answer.text
    row = await users.get(user_id)
    assert row is not None
    assert row["role"] == Role.USER


async def test_of_two_admins_who_demote_each_other_one_stays(
    database: Database, settings: Settings
) -> None:
    one, two = await make_user(database, "admin"), await make_user(database, "admin")
    users = UserService(database, settings)
    answers = await asyncio.gather(
        users.update(Caller(one, "admin"), two, UserUpdate(role=Role.USER)),
        users.update(Caller(two, "admin"), one, UserUpdate.model_validate({"is_active": False})),
        return_exceptions=True,
    )
    assert {type(answer) for answer in answers} == {UserRead, ForbiddenError}
    async with database.unit_of_work() as unit:
        assert len(await UserRepository(unit).lock_admins()) == 1


async def test_an_account_is_deleted_with_its_sessions(
    client: AsyncClient, sign_in: SignIn, database: Database
) -> None:
    admin, account = await sign_in("admin"), await make_account(database)
    session, url = await log_in(client, account["email"]), f"/users/{account['id']}"
    assert (await admin.client.delete(url)).status_code == 204
    assert (await admin.client.get(url)).status_code == 404
    assert not await goes_on(client, session)
