"""How often something may be tried that must not be guessed.

A row of the database counts the tries of one account or address since the first of them, and each
try raises it in one statement: of many at once, over however many workers, exactly as many get
through as the limit says.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import Annotated, NamedTuple, cast

from fastapi import Depends
from sqlalchemy import Table, Update, case, delete, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.auth.dependencies import SettingsDep
from app.auth.models import LoginAttempt
from app.clock import utc_now
from app.columns import UtcDateTime
from app.database import Database, DatabaseDep, Row
from app.errors import TooManyRequestsError
from app.settings import Settings

ATTEMPTS = cast("Table", LoginAttempt.__table__)
columns = ATTEMPTS.c


def once_more(key: str, now: datetime, ended: datetime) -> Update:
    """A try more, or the first again where what was counted had `ended`."""
    is_over = columns.started_at <= ended
    return (
        update(ATTEMPTS)
        .where(columns.id == key)
        .values(
            tries=case((is_over, 1), else_=columns.tries + 1),
            started_at=case((is_over, literal(now, UtcDateTime)), else_=columns.started_at),
        )
    )


class Limit(NamedTuple):
    """So many tries of one subject."""

    subject: str
    most: int

    @property
    def key(self) -> str:
        """What is stored in place of the subject."""
        return sha256(self.subject.encode()).hexdigest()


class Throttle:
    """Counts tries, and refuses those past a limit with `TooManyRequestsError`."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._window = timedelta(seconds=settings.login_window_seconds)

    async def login(self, email: str, address: str) -> None:
        """Count a try to prove that an account is one's own."""
        await self.count(*self._limits(email, address))

    async def login_succeeded(self, email: str, address: str) -> None:
        """Take the try back, forget the account's others and those that count no longer."""
        account, origin = self._limits(email, address)
        over = select(columns.id).where(columns.started_at <= utc_now() - self._window)
        forgotten = or_(
            columns.id == account.key,
            columns.id.in_(over.with_for_update(skip_locked=True)),
        )
        await self._database.run(delete(ATTEMPTS).where(forgotten))
        await self._take_back(origin)

    async def login_not_tried(self, email: str, address: str) -> None:
        """Take the try back: nobody has looked at it."""
        for limit in self._limits(email, address):
            await self._take_back(limit)

    async def count(self, *limits: Limit) -> None:
        """Count a try, whether or not it will succeed, against limits from narrow to wide."""
        # The last is the widest: what it stops leaves no other row behind.
        for limit in reversed(limits):
            row = await self._try(limit.key)
            if row["tries"] > limit.most:
                wait = row["started_at"] + self._window - utc_now()
                raise TooManyRequestsError(max(1, ceil(wait.total_seconds())))

    async def _take_back(self, limit: Limit) -> None:
        one_less = update(ATTEMPTS).where(columns.id == limit.key, columns.tries > 0)
        await self._database.run(one_less.values(tries=columns.tries - 1))

    def _limits(self, email: str, address: str) -> tuple[Limit, Limit]:
        return (
            Limit(f"account {email}", self._settings.login_attempts_per_account),
            Limit(f"address {address}", self._settings.login_attempts_per_address),
        )

    async def _try(self, key: str) -> Row:
        """How many tries there have been, this one included, and since when."""
        now = utc_now()
        while True:
            row = await self._database.backend.update(
                self._database,
                once_more(key, now, now - self._window),
                columns.id == key,
                [columns.tries, columns.started_at],
            )
            if row is not None:
                return row
            with suppress(IntegrityError):  # somebody else made the row just now
                first = {"id": key, "tries": 1, "started_at": now}
                await self._database.run(insert(ATTEMPTS), first)
                return first


async def login_throttle(database: DatabaseDep, settings: SettingsDep) -> Throttle:
    """The throttle on the database of the running application."""
    return Throttle(database, settings)


ThrottleDep = Annotated[Throttle, Depends(login_throttle)]
