"""The unit of work of a creation that has a key: the key, what is written, and the answer."""

import hashlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self

from fastapi import Request, Response
from sqlalchemy import Executable

from app.database import Database, Parameters, Row, UnitOfWork
from app.errors import InvalidInputError, field_problem
from app.idempotency.repository import IdempotencyKeyRepository

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
"""Says of an answer that it is an earlier one."""
KEPT_HEADERS = ("etag", "location")


class IdempotentWork:
    """An `Executor` whose unit of work begins with its first statement, by taking the key.

    By then the caller is known and the body is good: what is refused before that takes no key. Keys
    are the principal's own; those of public operations are nobody's in particular.
    """

    is_atomic = True

    def __init__(self, request: Request, key: str) -> None:
        self._request = request
        self._key = key
        self._database: Database = request.app.state.database
        self.backend = self._database.backend
        self._stack = AsyncExitStack()
        self._unit: UnitOfWork | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        return await (await self._begun()).one(statement, parameters)

    async def all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        return await (await self._begun()).all(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        return await (await self._begun()).run(statement, parameters)

    @asynccontextmanager
    async def together(self) -> AsyncGenerator[UnitOfWork]:
        """The one unit of work that all of it is."""
        yield await self._begun()

    async def keep(self, response: Response) -> None:
        """Remember the answer with what was written."""
        headers = {
            name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
        }
        keys = IdempotencyKeyRepository(await self._begun())
        await keys.answer(self._id, response.status_code, headers, bytes(response.body))

    async def replay(self) -> Response | None:
        """What the request was answered before; None where that has been forgotten meanwhile.

        Raises `InvalidInputError` where it was another request.
        """
        row = await IdempotencyKeyRepository(self._database).get(self._id)
        if row is None:
            return None
        if row["request_hash"] != await self._request_hash():
            problem = field_problem(("header", HEADER), "key-reused", "Another body had this key.")
            raise InvalidInputError("The request is not valid.", [problem])
        headers = {**row["headers"], REPLAYED: "true"}
        return Response(row["body"], row["status"], headers, "application/json")

    async def _begun(self) -> UnitOfWork:
        if self._unit is None:
            self._unit = await self._stack.enter_async_context(self._database.unit_of_work())
            keys = IdempotencyKeyRepository(self._unit)
            await keys.remove_expired()
            await keys.add(self._id, await self._request_hash())
        return self._unit

    @property
    def _id(self) -> str:
        principal = getattr(self._request.state, "principal", "")
        path = self._request.url.path
        return hashlib.sha256(f"{principal} {path} {self._key}".encode()).hexdigest()

    async def _request_hash(self) -> str:
        return hashlib.sha256(await self._request.body()).hexdigest()
