"""The rows of accounts."""

from uuid import UUID

from sqlalchemy import select

from app.auth.models import Role, User
from app.database import Row
from app.repository import Repository


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
