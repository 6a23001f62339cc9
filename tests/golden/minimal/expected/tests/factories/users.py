"""Accounts for tests."""

from itertools import count
from typing import Any
from uuid import UUID

from app.auth.repository import UserRepository
from app.auth.schemas import NewAccount
from app.database import Database, Row
from app.passwords import hash_password

NUMBERS = count(1)
PASSWORD = "a long walk in the rain"
ASKED = {field.alias or name for name, field in NewAccount.model_fields.items()}
"""The names of what it takes to make an account."""


async def body_of_user(database: Database, **changes: Any) -> dict[str, Any]:
    """What it takes to make an account; `changes` replaces single values."""
    n = next(NUMBERS)
    body: dict[str, Any] = {
        "email": f"user-{n}@example.com",
        "password": PASSWORD,
        **changes,
    }
    return body


async def make_user(database: Database, role: str = "user", **changes: Any) -> UUID:
    """The id of a new account, which no password opens.

    `changes` replaces values of what it takes to make one, or of the stored row.
    """
    asked = {name: value for name, value in changes.items() if name in ASKED}
    body = await body_of_user(database, **asked)
    values = NewAccount.model_validate(body).model_dump(exclude={"password"})
    stored = {name: value for name, value in changes.items() if name not in asked}
    row = await UserRepository(database).add(
        {**values, "password_hash": "-", "role": role, **stored}
    )
    found: UUID = row["id"]
    return found


async def make_account(database: Database, **changes: Any) -> Row:
    """A new account, which `PASSWORD` opens."""
    user_id = await make_user(database, password_hash=await hash_password(PASSWORD), **changes)
    row = await UserRepository(database).get(user_id)
    assert row is not None
    return row
