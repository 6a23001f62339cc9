"""Sessions: opened by those who prove who they are, renewed with a refresh token, closed by either side."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Annotated

import structlog
from fastapi import Depends
from uuid_utils.compat import uuid7

from app.auth.caller import Caller
from app.auth.dependencies import SettingsDep
from app.auth.jwt.bearer import AccessTokensDep
from app.auth.jwt.repository import SessionRepository
from app.auth.jwt.schemas import Tokens
from app.auth.jwt.tokens import AccessTokens, RefreshToken
from app.auth.repository import UserRepository
from app.auth.schemas import Credentials
from app.auth.service import AccountService, AccountServiceDep, require_unchanged
from app.clock import utc_now
from app.database import Database, DatabaseDep, Row, UnitOfWork
from app.errors import UnauthenticatedError
from app.settings import Settings

log = structlog.get_logger("app.auth")


class SessionService:
    """The sessions of everyone who signs in with tokens."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        tokens: AccessTokens,
        settings: Settings,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._tokens = tokens
        self._lifetime = timedelta(days=settings.refresh_token_days)

    async def open(self, credentials: Credentials, address: str) -> Tokens:
        """A new session. Raises `UnauthenticatedError` unless the credentials are good."""
        return await self.begin(await self._accounts.authenticate(credentials, address))

    async def begin(self, user: Row) -> Tokens:
        """A new session of whoever has proved that the account is their own.

        Raises `UnauthenticatedError` if the account has changed since.
        """
        token, now = RefreshToken.of(uuid7()), utc_now()
        async with self._database.unit_of_work() as unit:
            user = await require_unchanged(unit, user)
            sessions = SessionRepository(unit)
            await sessions.remove_expired(now)
            await sessions.add(token.session_id, user["id"], token.hash, now + self._lifetime)
        return self._pair(user, token)

    async def renew(self, text: str) -> Tokens:
        """Another pair of tokens for a session.

        A refresh token that was used before is in the wrong hands, or its successor is: then the
        session ends for both. Raises `UnauthenticatedError` unless it was the next one.
        """
        token = RefreshToken.parse(text)
        successor = RefreshToken.of(token.session_id)
        async with self._database.unit_of_work() as unit:
            user = await self._exchange(unit, token, successor, utc_now())
        if user is None:
            raise UnauthenticatedError("The refresh token is not valid.")
        return self._pair(user, successor)

    async def close(self, text: str) -> None:
        """End the session of a refresh token, if there is one."""
        with suppress(UnauthenticatedError):
            token = RefreshToken.parse(text)
            await SessionRepository(self._database).remove(token.session_id)

    async def _exchange(
        self, unit: UnitOfWork, token: RefreshToken, successor: RefreshToken, now: datetime
    ) -> Row | None:
        """Whose session is renewed; None where it must not be, and then it is closed."""
        sessions = SessionRepository(unit)
        user_id = await sessions.renew(
            token.session_id, token.hash, successor.hash, now, now + self._lifetime
        )
        user = None if user_id is None else await UserRepository(unit).get(user_id)
        if user is not None and user["is_active"]:
            return user
        if await sessions.remove(token.session_id):
            log.warning("session ended by a stale refresh token", session_id=str(token.session_id))
        return None

    def _pair(self, user: Row, token: RefreshToken) -> Tokens:
        return Tokens(
            access_token=self._tokens.mint(Caller(user["id"], user["role"])),
            refresh_token=str(token),
            expires_in=int(self._tokens.lifetime.total_seconds()),
        )


async def session_service(
    database: DatabaseDep,
    accounts: AccountServiceDep,
    tokens: AccessTokensDep,
    settings: SettingsDep,
) -> SessionService:
    """The service on the database of the running application."""
    return SessionService(database, accounts, tokens, settings)


SessionServiceDep = Annotated[SessionService, Depends(session_service)]
