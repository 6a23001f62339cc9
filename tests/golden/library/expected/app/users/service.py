"""What people may do with their own account, and admins with everybody's."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from app.auth.access import Caller
from app.auth.dependencies import SettingsDep
from app.auth.endings import end_sessions
from app.auth.models import Role, User
from app.auth.repository import UserRepository
from app.constraints import explain_delete
from app.database import Database, DatabaseDep, Row, UnitOfWork
from app.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    PreconditionFailedError,
    UnauthenticatedError,
)
from app.etags import Versions
from app.set_null import count_set_null_writes
from app.settings import Settings
from app.users.schemas import ProfileUpdate, UserPage, UserQuery, UserRead, UserUpdate

NO_ADMIN = "You are no longer an admin."


class UserService:
    """Accounts, one's own and all."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._users = UserRepository(database)

    async def get_own(self, user_id: UUID) -> UserRead:
        """The caller's account. Raises `UnauthenticatedError` where it is no longer active."""
        row = await self._users.get(user_id)
        if row is None or not row["is_active"]:
            raise UnauthenticatedError("The account is no longer active.")
        return UserRead.model_validate(row)

    async def update_own(
        self, caller: Caller, data: ProfileUpdate, versions: Versions = None
    ) -> UserRead:
        """The caller's account as changed. Raises as `get_own` does, and where it is stale."""
        await self.get_own(caller.id)
        values = data.model_dump()
        row = await self._users.change(caller.id, values, versions=versions)
        if row is None:
            raise await self._users.refusal(caller.id)
        return UserRead.model_validate(row)

    async def page(self, query: UserQuery) -> UserPage:
        """One page of the accounts. Raises `InvalidInputError` for a bad cursor."""
        return UserPage.of(await self._users.page(query))

    async def get(self, user_id: UUID) -> UserRead:
        """An account. Raises `NotFoundError`."""
        return UserRead.model_validate(found(await self._users.get(user_id)))

    async def update(
        self, caller: Caller, user_id: UUID, data: UserUpdate, versions: Versions = None
    ) -> UserRead:
        """The account as changed; where what it may do has changed, it has to sign in again.

        Raises `ForbiddenError` where the caller is no admin any more, `NotFoundError`,
        `PreconditionFailedError` at none of the versions, and `ConflictError` for the last
        active admin.
        """
        values = data.model_dump()
        async with self._database.unit_of_work() as unit:
            before = await claim(unit, caller, user_id, versions, values)
            if rights(before | values) != rights(before):
                await end_sessions(unit, self._settings, user_id)
            row = await UserRepository(unit).change(user_id, values)
        return UserRead.model_validate(found(row))

    async def delete(self, caller: Caller, user_id: UUID, versions: Versions = None) -> None:
        """Delete an account.

        Raises `ForbiddenError` where the caller is no admin any more, `NotFoundError`,
        `PreconditionFailedError` at none of the versions, and `ConflictError` for the last
        active admin and where something belongs to the account.
        """
        try:
            async with self._database.unit_of_work() as unit:
                await claim(unit, caller, user_id, versions, {"is_active": False})
                await count_set_null_writes(unit, UserRepository.table, user_id)
                await unit.run(delete(User).where(User.id == user_id))
                await end_sessions(unit, self._settings, user_id)
        except DBAPIError as error:
            table = UserRepository.table
            reason = await explain_delete(error, table, self._database, user_id)
            raise (reason or error) from error


async def claim(
    unit: UnitOfWork, caller: Caller, user_id: UUID, versions: Versions, changes: Row
) -> Row:
    """The account, which nobody else can change until the unit of work ends.

    Raises `ForbiddenError` where the caller, whose credentials may be older than that, is no active
    admin, `NotFoundError`, `PreconditionFailedError` at none of the versions, and `ConflictError`
    if the changes would leave nobody who may administer. The admins are locked first, always, so
    that no two units of work wait for each other.
    """
    users = UserRepository(unit)
    admins = await users.lock_admins()
    if caller.id not in admins:
        raise ForbiddenError(NO_ADMIN)
    before = found(await users.lock(user_id))
    if versions is not None and before["version_"] not in versions:
        raise PreconditionFailedError("It has been changed since you read it.")
    if admins == {user_id} and rights(before | changes) != (Role.ADMIN, True):
        raise ConflictError("This is the last active admin.")
    return before


def rights(user: Row) -> tuple[Role, bool]:
    """What decides on what an account may do."""
    return user["role"], user["is_active"]


def found(user: Row | None) -> Row:
    """The account. Raises `NotFoundError` where there is none."""
    if user is None:
        raise NotFoundError("There is no such user.")
    return user


async def user_service(database: DatabaseDep, settings: SettingsDep) -> UserService:
    """The service on the database of the running application."""
    return UserService(database, settings)


UserServiceDep = Annotated[UserService, Depends(user_service)]
