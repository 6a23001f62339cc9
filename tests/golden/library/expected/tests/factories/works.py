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
        "shelf_mark": [
            "TG9129434645588",
            "UA7",
            "EK493000489704622",
            "DL6699155",
            "RL890595750305",
            "VG239837019342520270",
            "YL916005",
            "QY8698440",
            "VX04648523550",
            "NH7",
            "BU3926",
            "IT253109437532984282",
        ][n % 12],
        **changes,
    }
    return body


async def make_work(database: Database, owner_id: UUID | None = None, /, **changes: Any) -> Row:
    """A stored work; `changes` replaces single values of its body."""
    body = await body_of_work(database, owner_id, **changes)
    values = WorkCreate.model_validate(body).model_dump()
    return await WorkRepository(database).add(values)
