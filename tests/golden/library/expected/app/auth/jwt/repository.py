"""The rows of the sessions that tokens renew."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, delete, insert, select, update

from app.auth.jwt.models import Session
from app.database import Executor, UnitOfWork
from app.settings import Settings

SESSIONS = cast("Table", Session.__table__)


class SessionRepository:
    """Every open session."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def add(self, session_id: UUID, user_id: UUID, token: str, expires_at: datetime) -> None:
        """Open a session that the token of this hash can renew."""
        values = {"id": session_id, "user_id": user_id, "token_hash": token}
        await self._executor.run(insert(SESSIONS).values(**values, expires_at=expires_at))

    async def renew(
        self, session_id: UUID, old: str, new: str, now: datetime, expires_at: datetime
    ) -> UUID | None:
        """Whose session it is, once its token is another; None unless `old` was its token."""
        columns = SESSIONS.c
        statement = (
            update(SESSIONS)
            .where(columns.id == session_id, columns.token_hash == old, columns.expires_at > now)
            .values(token_hash=new, expires_at=expires_at)
        )
        row = await self._executor.backend.update(
            self._executor, statement, columns.id == session_id, [columns.user_id]
        )
        return None if row is None else row["user_id"]

    async def remove(self, session_id: UUID) -> bool:
        """Whether there was such a session; it is closed."""
        return await self._executor.run(delete(SESSIONS).where(SESSIONS.c.id == session_id)) > 0

    async def remove_all_of(self, user_id: UUID) -> None:
        """Close every session of an account."""
        await self._executor.run(delete(SESSIONS).where(SESSIONS.c.user_id == user_id))

    async def remove_expired(self, now: datetime) -> None:
        """Forget sessions that ran out, except those which somebody else is forgetting."""
        expired = select(SESSIONS.c.id).where(SESSIONS.c.expires_at <= now)
        statement = delete(SESSIONS).where(
            SESSIONS.c.id.in_(expired.with_for_update(skip_locked=True))
        )
        await self._executor.run(statement)


async def end_token_sessions(unit: UnitOfWork, _settings: Settings, user_id: UUID) -> None:
    """Close every session of an account, with the unit of work."""
    await SessionRepository(unit).remove_all_of(user_id)
