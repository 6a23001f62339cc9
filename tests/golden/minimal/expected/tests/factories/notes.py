"""Notes for tests."""

from itertools import count
from typing import Any
from uuid import UUID

from app.database import Database, Row
from app.resources.notes.repository import NoteRepository
from app.resources.notes.schemas import NoteCreate

NUMBERS = count(1)


async def body_of_note(
    database: Database, owner_id: UUID | None = None, /, **changes: Any
) -> dict[str, Any]:
    """What a client sends to create a note; `changes` replaces single values.

    Rows that it needs are made, and are the owner's where they have one.
    """
    n = next(NUMBERS)
    body: dict[str, Any] = {
        "title": f"Title {n}",
        **changes,
    }
    return body


async def make_note(database: Database, owner_id: UUID | None = None, /, **changes: Any) -> Row:
    """A stored note; `changes` replaces single values of its body."""
    body = await body_of_note(database, owner_id, **changes)
    values = NoteCreate.model_validate(body).model_dump()
    return await NoteRepository(database).add(values)
