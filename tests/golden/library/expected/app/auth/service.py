"""What becomes of accounts: made, proved to be one's own, given another password."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import SecretStr

from app.auth.dependencies import SettingsDep
from app.auth.endings import end_sessions
from app.auth.models import Role
from app.auth.repository import UserRepository
from app.auth.schemas import Credentials, NewAccount, PasswordChange
from app.auth.throttle import Throttle, ThrottleDep
from app.database import Database, DatabaseDep, Row, UnitOfWork
from app.errors import ForbiddenError, OverloadedError, UnauthenticatedError
from app.passwords import Verdict, hash_password, verify_password
from app.settings import Settings

NOT_SIGNED_IN = "Email or password is wrong."
NOT_CURRENT = "The current password is another one."
NO_ACCOUNT = "The account is no longer active."


async def create_account(users: UserRepository, data: NewAccount, role: Role) -> Row:
    """A new account. Raises `ConflictError` where the email has one."""
    password_hash = await hash_password(data.password)
    return await add_account(users, data, role, password_hash)


async def add_account(
    users: UserRepository, data: NewAccount, role: Role, password_hash: str
) -> Row:
    """A new account, which the password opens that has this hash; none where there is no hash.

    Raises `ConflictError` where the email has one.
    """
    values = data.model_dump(exclude={"password"})
    return await users.add({**values, "password_hash": password_hash, "role": role})


class AccountService:
    """Accounts, as those see it who have one or want one."""

    def __init__(self, database: Database, throttle: Throttle, settings: Settings) -> None:
        self._database = database
        self._users = UserRepository(database)
        self._throttle = throttle
        self._settings = settings

    async def create(self, data: NewAccount, role: Role) -> Row:
        """A new account. Raises `ConflictError` where the email has one."""
        return await create_account(self._users, data, role)

    async def authenticate(self, credentials: Credentials, address: str) -> Row:
        """The account that the credentials are good for.

        Raises `UnauthenticatedError`, after the same time and in the same words whether the account
        is unknown, the password wrong or the account not active, and `OverloadedError`.
        """
        tried = (credentials.email, address)
        await self._throttle.login(*tried)
        user = await self._users.get_by_email(credentials.email)
        stored = user["password_hash"] if user and user["is_active"] else None
        verdict = await self._verify(credentials.password, stored, tried)
        if user is None or not verdict.matches:
            raise UnauthenticatedError(NOT_SIGNED_IN)
        await self._throttle.login_succeeded(*tried)
        if verdict.new_hash is None:
            return user
        return await self._replace_hash(user, verdict.new_hash)

    async def change_password(self, user_id: UUID, data: PasswordChange, address: str) -> None:
        """Give an account another password and close its sessions.

        Raises `UnauthenticatedError` where the account is not active, and `ForbiddenError` where
        the current password is another one, also since it was checked.
        """
        user = await self._users.get(user_id)
        if user is None or not user["is_active"]:
            raise UnauthenticatedError(NO_ACCOUNT)
        tried = (user["email"], address)
        await self._throttle.login(*tried)
        verdict = await self._verify(data.current_password, user["password_hash"], tried)
        if not verdict.matches:
            raise ForbiddenError(NOT_CURRENT)
        await self._throttle.login_succeeded(*tried)
        password_hash = await hash_password(data.new_password)
        async with self._database.unit_of_work() as unit:
            values, seen = {"password_hash": password_hash}, frozenset({user["version_"]})
            if await UserRepository(unit).change(user_id, values, versions=seen) is None:
                raise ForbiddenError(NOT_CURRENT)
            await end_sessions(unit, self._settings, user_id)

    async def _verify(
        self, password: SecretStr, stored: str | None, tried: tuple[str, str]
    ) -> Verdict:
        """Whether the password is right. Where there is no time to see, it has not been tried."""
        try:
            return await verify_password(password, stored)
        except OverloadedError:
            await self._throttle.login_not_tried(*tried)
            raise

    async def _replace_hash(self, user: Row, password_hash: str) -> Row:
        """Store a hash of today's cost, unless the account has changed meanwhile."""
        values = {"password_hash": password_hash}
        seen = frozenset({user["version_"]})
        changed = await self._users.change(user["id"], values, versions=seen)
        return changed or user


async def require_unchanged(unit: UnitOfWork, user: Row) -> Row:
    """The account as it is now, and stays until the unit of work ends.

    Raises `UnauthenticatedError` if the credentials have ceased to be good meanwhile.
    """
    current = await UserRepository(unit).lock(user["id"])
    if current is None or (current["password_hash"], current["is_active"]) != (
        user["password_hash"],
        user["is_active"],
    ):
        raise UnauthenticatedError(NOT_SIGNED_IN)
    return current


async def account_service(
    database: DatabaseDep, throttle: ThrottleDep, settings: SettingsDep
) -> AccountService:
    """The service on the database of the running application."""
    return AccountService(database, throttle, settings)


AccountServiceDep = Annotated[AccountService, Depends(account_service)]
