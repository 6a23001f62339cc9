"""What ends with a password, a role or an account: all that somebody is signed in by."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from app.auth.jwt.repository import end_token_sessions
from app.database import UnitOfWork
from app.settings import Settings

ENDINGS: list[Callable[[UnitOfWork, Settings, UUID], Awaitable[None]]] = [
    end_token_sessions,
]
"""What ends each kind of session of an account."""


async def end_sessions(unit: UnitOfWork, settings: Settings, user_id: UUID) -> None:
    """End every session of an account, while the unit of work holds it: nobody signs in meanwhile."""
    for end in ENDINGS:
        await end(unit, settings, user_id)
