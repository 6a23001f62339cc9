"""Seeded accounts: one of each role, which the password opens, and lists that those may see."""

from fastapi import FastAPI

from app.auth.models import Role
from app.auth.repository import UserRepository
from app.database import Database
from app.passwords import verify_password
from app.seeding.fill import fill
from app.seeding.order import TABLES
from app.seeding.secret import PASSWORD
from app.users.seeds import FIRST, sign_in_note
from tests.auth.fixtures import SignIn
from tests.test_seeding import lists


async def test_there_is_one_of_each_role_and_the_password_opens_it(database: Database) -> None:
    await fill(database, TABLES, 1, 1, str)
    for email, role in zip(FIRST, Role, strict=True):
        row = await UserRepository(database).get_by_email(email)
        assert row is not None
        assert (row["role"], row["is_active"]) == (role, True)
        assert (await verify_password(PASSWORD, row["password_hash"])).matches


def test_it_is_said_who_may_sign_in() -> None:
    assert all(word in sign_in_note() for word in [PASSWORD, *FIRST])


async def test_every_list_answers_somebody(
    app: FastAPI, database: Database, sign_in: SignIn
) -> None:
    await fill(database, TABLES, 30, 1, str)
    clients = [(await sign_in(role)).client for role in Role]
    for path in lists(app):
        statuses = [(await client.get(path)).status_code for client in clients]
        assert 200 in statuses, path
        assert {200, 403}.issuperset(statuses), path
