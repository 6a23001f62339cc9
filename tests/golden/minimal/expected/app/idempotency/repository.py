"""The rows of keys under which creations were sent."""

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.clock import utc_now
from app.database import Executor, Row
from app.idempotency.models import IdempotencyKey

KEYS = cast("Table", IdempotencyKey.__table__)
columns = KEYS.c
KEPT = timedelta(hours=24)
"""For how long a key is remembered."""


class KeyTakenError(Exception):
    """Another request came first with this key."""


class IdempotencyKeyRepository:
    """Every key that is remembered."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def get(self, key_id: str) -> Row | None:
        """The request of a key, and what it was answered."""
        return await self._executor.one(select(KEYS).where(columns.id == key_id))

    async def add(self, key_id: str, request_hash: str) -> None:
        """Take a key. Raises `KeyTakenError`, once it is certain that the other has its answer."""
        values = {"id": key_id, "request_hash": request_hash, "expires_at": utc_now() + KEPT}
        try:
            await self._executor.run(insert(KEYS), values)
        except IntegrityError as error:
            raise KeyTakenError from error

    async def answer(self, key_id: str, status: int, headers: dict[str, str], body: bytes) -> None:
        """Remember what the request of a key was answered."""
        values: dict[str, Any] = {"status": status, "headers": headers, "body": body}
        await self._executor.run(update(KEYS).where(columns.id == key_id).values(values))

    async def remove_expired(self) -> None:
        """Forget keys that ran out, except those which somebody else is forgetting."""
        expired = select(columns.id).where(columns.expires_at <= utc_now())
        statement = delete(KEYS).where(columns.id.in_(expired.with_for_update(skip_locked=True)))
        await self._executor.run(statement)
