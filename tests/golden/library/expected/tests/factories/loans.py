"""Loans for tests."""

from itertools import count
from typing import Any
from uuid import UUID

from app.database import Database, Row
from app.resources.loans.repository import LoanRepository
from app.resources.loans.schemas import LoanCreate
from tests.factories.users import make_user
from tests.factories.works import make_work

NUMBERS = count(1)


async def body_of_loan(
    database: Database, owner_id: UUID | None = None, /, **changes: Any
) -> dict[str, Any]:
    """What a client sends to create a loan; `changes` replaces single values.

    Rows that it needs are made, and are the owner's where they have one.
    """
    n = next(NUMBERS)
    body: dict[str, Any] = {
        "lent_at": f"2026-01-01T{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z",
        "due_at": f"2026-01-01T{(n + 1) // 3600 % 24:02d}:{(n + 1) // 60 % 60:02d}:{(n + 1) % 60:02d}Z",
        "note": f"Note {n}",
        **changes,
    }
    if "work_id" not in body:
        body["work_id"] = str((await make_work(database, owner_id))["id"])
    return body


async def make_loan(database: Database, owner_id: UUID | None = None, /, **changes: Any) -> Row:
    """A stored loan; `changes` replaces single values of its body."""
    owner_id = owner_id or await make_user(database)
    body = await body_of_loan(database, owner_id, **changes)
    values = LoanCreate.model_validate(body).model_dump()
    values["borrower_id"] = owner_id
    return await LoanRepository(database).add(values)
