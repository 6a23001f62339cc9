"""The database: a statement on its own, or several in one unit of work.

Reads and single writes run on a connection in autocommit, which costs one round trip; a unit of
work holds one connection from its first statement to its commit. Both are an `Executor`, so a
repository reads the same either way.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar

from fastapi import Depends, Request
from sqlalchemy import CursorResult, Executable, MetaData, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import DeclarativeBase

from app.backends import BACKENDS
from app.backends.base import Backend, FastPath
from app.errors import DatabaseUnavailableError

Row: TypeAlias = dict[str, Any]
Parameters: TypeAlias = Mapping[str, Any]
ValueT = TypeVar("ValueT")

GRACE = 0.25
"""Seconds between cutting a connection and giving up on what held it."""

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every model extends."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class Executor(Protocol):
    """Runs statements: the database itself, or a unit of work."""

    backend: Backend
    is_atomic: bool
    """Whether all of its statements take effect together, and not each for itself."""

    async def one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row of the result, or None."""

    async def all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row of the result."""

    async def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """How many rows a write touched."""

    def together(self) -> AbstractAsyncContextManager["UnitOfWork"]:
        """Statements that take effect together: this unit of work, or one of their own."""


class UnitOfWork:
    """Statements that take effect together, when the block that opened it ends."""

    is_atomic = True

    def __init__(self, connection: AsyncConnection, backend: Backend) -> None:
        self.connection = connection
        self.backend = backend

    async def one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        row = (await self.connection.execute(statement, parameters)).mappings().first()
        return None if row is None else dict(row)

    async def all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        result = await self.connection.execute(statement, parameters)
        return [dict(row) for row in result.mappings()]

    async def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        result: CursorResult[Any] = await self.connection.execute(statement, parameters)
        return result.rowcount

    @asynccontextmanager
    async def together(self) -> AsyncGenerator["UnitOfWork"]:
        """These very statements, to which others are added."""
        yield self


class Database:
    """The pool of connections, with a bound on how long any use of it may take.

    Raises `DatabaseUnavailableError` when the database can't be reached or doesn't answer within
    `timeout` seconds. The pool replaces connections that were lost, so it heals by itself.
    """

    is_atomic = False

    def __init__(
        self, engine: AsyncEngine, timeout: float, fast_path: FastPath | None = None
    ) -> None:
        self.engine = engine
        self.backend = BACKENDS[engine.dialect.name]
        self._timeout = timeout
        self._turns = self.backend.turns()
        self.fast_path = fast_path or FastPath()

    async def one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        rows = await self.all(statement, parameters)
        return rows[0] if rows else None

    async def all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        async with self._bounded() as deadline:
            rows = await self.fast_path.rows(statement, parameters or {}, deadline)
            if rows is not None:
                return rows
            return await self._once(
                statement, lambda unit: unit.all(statement, parameters), deadline
            )

    async def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        async with self._bounded() as deadline:
            return await self._once(
                statement, lambda unit: unit.run(statement, parameters), deadline
            )

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncGenerator[UnitOfWork]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        transaction = self.backend.transaction(self.engine)
        async with (
            self._bounded() as deadline,
            self._turns,
            transaction as connection,
            self._cut_off(connection, deadline),
        ):
            yield UnitOfWork(connection, self.backend)

    def together(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work of its own."""
        return self.unit_of_work()

    async def ping(self) -> None:
        """Ask the database for something. Raises `DatabaseUnavailableError`."""
        await self.one(select(text("1")))

    async def _once(
        self, statement: Executable, use: Callable[[UnitOfWork], Awaitable[ValueT]], deadline: float
    ) -> ValueT:
        """Run a statement; a read that met a connection which had died is asked again."""
        if not statement.is_select:
            async with self._turns:
                return await self._autocommitted(use, deadline)
        try:
            return await self._autocommitted(use, deadline)
        except DBAPIError as error:
            late = asyncio.get_running_loop().time() >= deadline
            if late or not error.connection_invalidated:
                raise
        return await self._autocommitted(use, deadline)

    async def _autocommitted(
        self, use: Callable[[UnitOfWork], Awaitable[ValueT]], deadline: float
    ) -> ValueT:
        async with self.engine.connect() as connection, self._cut_off(connection, deadline):
            return await use(UnitOfWork(connection, self.backend))

    @asynccontextmanager
    async def _bounded(self) -> AsyncGenerator[float]:
        """Say by when it has to be done, and what it means where it isn't."""
        deadline = asyncio.get_running_loop().time() + self._timeout
        try:
            async with asyncio.timeout_at(deadline + GRACE):
                yield deadline
        except (OSError, TimeoutError, PoolTimeoutError) as error:
            raise DatabaseUnavailableError from error
        except DBAPIError as error:
            if error.connection_invalidated or self.backend.is_unavailable(error):
                raise DatabaseUnavailableError from error
            raise

    @asynccontextmanager
    async def _cut_off(self, connection: AsyncConnection, deadline: float) -> AsyncGenerator[None]:
        """Cut it at the deadline: closing it in good order would wait for a frozen server.

        The pool is told of one that was cut, or whose answer nobody waited for: it looks like any
        other there.
        """
        pooled = connection.sync_connection
        cut = None
        if pooled is not None:
            cut = self.backend.breaker(pooled.connection.driver_connection)
        if cut is None:
            yield
            return
        loop = asyncio.get_running_loop()
        timer = loop.call_at(deadline, cut)
        try:
            yield
        except BaseException as error:
            if loop.time() >= deadline or isinstance(error, asyncio.CancelledError):
                await connection.invalidate()
            raise
        finally:
            timer.cancel()


async def get_database(request: Request) -> Database:
    """The database of the running application."""
    database: Database = request.app.state.database
    return database


async def get_executor(request: Request) -> Executor:
    """What a request's statements run on: the unit of work that it is in, or the database."""
    executor: Executor = getattr(request.state, "executor", request.app.state.database)
    return executor


DatabaseDep = Annotated[Database, Depends(get_database)]
ExecutorDep = Annotated[Executor, Depends(get_executor)]
