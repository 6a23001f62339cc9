"""Accounts for tests."""

from itertools import count
from typing import Any
from uuid import UUID

from app.auth.repository import UserRepository
from app.database import Database, Row
from app.passwords import hash_password

NUMBERS = count(1)
PASSWORD = "a long walk in the rain"


async def make_user(database: Database, role: str = "user", **changes: Any) -> UUID:
    """The id of a new account, which no password opens."""
    values = {"email": f"user-{next(NUMBERS)}@example.com", "password_hash": "-", "role": role}
    row = await UserRepository(database).add(values | changes)
    found: UUID = row["id"]
    return found


async def make_account(database: Database, **changes: Any) -> Row:
    """A new account, which `PASSWORD` opens."""
    user_id = await make_user(database, password_hash=await hash_password(PASSWORD), **changes)
    row = await UserRepository(database).get(user_id)
    assert row is not None
    return row
