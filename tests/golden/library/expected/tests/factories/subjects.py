"""Subjects for tests."""

from itertools import count
from typing import Any
from uuid import UUID

from app.database import Database, Row
from app.resources.subjects.repository import SubjectRepository
from app.resources.subjects.schemas import SubjectCreate

NUMBERS = count(1)


async def body_of_subject(
    database: Database, owner_id: UUID | None = None, /, **changes: Any
) -> dict[str, Any]:
    """What a client sends to create a subject; `changes` replaces single values.

    Rows that it needs are made, and are the owner's where they have one.
    """
    n = next(NUMBERS)
    body: dict[str, Any] = {
        "name": f"name-{n}",
        **changes,
    }
    return body


async def make_subject(database: Database, owner_id: UUID | None = None, /, **changes: Any) -> Row:
    """A stored subject; `changes` replaces single values of its body."""
    body = await body_of_subject(database, owner_id, **changes)
    values = SubjectCreate.model_validate(body).model_dump()
    return await SubjectRepository(database).add(values)
