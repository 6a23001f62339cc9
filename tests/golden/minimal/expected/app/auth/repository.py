"""The rows of accounts and of the sessions that they have open."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, delete, insert, select, update

from app.auth.models import Role, Session, User
from app.database import Executor, Row
from app.repository import Repository

SESSIONS = cast("Table", Session.__table__)


class UserRepository(Repository):
    """Every account."""

    model = User
    filters = ("email", "role", "is_active")

    async def get_by_email(self, email: str) -> Row | None:
        """The account of an email, which is in lower case."""
        return await self.first(self.within("email", email))

    async def lock(self, user_id: UUID) -> Row | None:
        """The account, which nobody else can change until the unit of work ends."""
        return await self._executor.one(self._get.with_for_update(), {"row_": user_id})

    async def lock_admins(self) -> set[UUID]:
        """Everyone who may administer now, and stays so until the unit of work ends."""
        columns = self.table.c
        statement = (
            select(columns.id)
            .where(columns.role == Role.ADMIN, columns.is_active)
            .order_by(columns.id)
            .with_for_update()
        )
        return {row["id"] for row in await self._executor.all(statement)}


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
