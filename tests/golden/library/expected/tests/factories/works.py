"""Works for tests."""

from itertools import count
from typing import Any
from uuid import UUID

from app.database import Database, Row
from app.resources.works.repository import WorkRepository
from app.resources.works.schemas import WorkCreate

NUMBERS = count(1)


async def body_of_work(
    database: Database, owner_id: UUID | None = None, /, **changes: Any
) -> dict[str, Any]:
    """What a client sends to create a work; `changes` replaces single values.

    Rows that it needs are made, and are the owner's where they have one.
    """
    n = next(NUMBERS)
    body: dict[str, Any] = {
        "title": f"Title {n}",
        "medium": ["book", "film", "audio-book"][n % 3],
        "price": f"{n}.00",
        "acquired_on": f"{2000 + n // 336}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}",
        "shelf_mark": f"AA{n:010d}",
        **changes,
    }
    return body


async def make_work(database: Database, owner_id: UUID | None = None, /, **changes: Any) -> Row:
    """A stored work; `changes` replaces single values of its body."""
    body = await body_of_work(database, owner_id, **changes)
    values = WorkCreate.model_validate(body).model_dump()
    return await WorkRepository(database).add(values)
