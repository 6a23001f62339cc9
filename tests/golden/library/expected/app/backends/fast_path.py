"""The fast path: SQLAlchemy writes a statement once, and from then on the driver runs it.

What SQLAlchemy does around each statement takes more of a worker's time than all else that a small
request needs. Kept of it are the compiled statement, the processors of its types, and the pool.

What this path can't do it leaves to SQLAlchemy. Errors are that too: a statement that the server has
refused did nothing, and so may be run again, for an error that the rest of the service knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BindParameter, Executable
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from app.backends.base import FastPath
from app.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from app.database import Parameters, Row

REMEMBERED = 500
"""How many statements; past that the oldest is forgotten."""

Processor = Callable[[Any], Any]
Records = Sequence[Sequence[Any]]


class Query(NamedTuple):
    """A statement as the driver takes it, and what its values go through."""

    sql: str
    compiled: SQLCompiler
    defaults: Sequence[tuple[str, Processor]]
    """What makes the values that a table gives itself."""
    binders: Sequence[tuple[str, Processor]]
    names: Sequence[str]
    """The values that the statement takes, in their order."""
    keys: Sequence[str]
    """The values of a row, in their order."""
    readers: Sequence[tuple[str, Processor]]

    def values(self, parameters: Parameters, literals: Sequence[BindParameter[Any]]) -> list[Any]:
        """The values of one run: what it is given, and what the statement was built with."""
        values = self.compiled.construct_params(
            parameters, extracted_parameters=literals, escape_names=False
        )
        for name, default in self.defaults:
            values[name] = default(None)
        for name, bind in self.binders:
            values[name] = bind(values[name])
        return [values[name] for name in self.names]

    def rows(self, records: Records) -> list[Row]:
        """The rows of one run."""
        rows = [dict(zip(self.keys, record, strict=True)) for record in records]
        for key, read in self.readers:
            for row in rows:
                row[key] = read(row[key])
        return rows


class DriverPath(FastPath):
    """Has asyncpg run statements that return rows, each of them a transaction of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queries: dict[object, Query | None] = {}
        """By their shape and the names of their parameters; None for what SQLAlchemy has to run."""

    async def rows(
        self, statement: Executable, parameters: Parameters, deadline: float
    ) -> list[Row] | None:
        """Every row of the result; None where SQLAlchemy has to run the statement.

        Raises `DatabaseUnavailableError` where time is up, or a write was cut off: nobody knows
        what came of it.
        """
        built: Any = statement
        shape: CacheKey | None = built._generate_cache_key()  # what SQLAlchemy itself caches by
        if shape is None or self._is_slow((shape.key, *parameters)):
            return None
        connection = await self._connect()
        if connection is None:
            return None
        driver: Any = connection.driver_connection
        clock = asyncio.get_running_loop()
        timer = clock.call_at(deadline, driver.terminate)
        try:
            query = await self._query(built, parameters, shape, driver)
            if query is None:
                return None
            values = query.values(parameters, shape.bindparams)
            records = await self.fetch(driver, query.sql, values)
        except asyncio.CancelledError:
            driver.terminate()
            raise
        except Exception as error:
            late, lost = clock.time() >= deadline, driver.is_closed()
            leave(error, late=late, lost=lost, written=not statement.is_select)
            return None
        finally:
            timer.cancel()
            give_back(connection)
        return query.rows(records)

    def fetch(self, driver: Any, sql: str, values: Sequence[Any]) -> Awaitable[Records]:
        """Have a driver's connection run a statement, for every record of the result."""
        records: Awaitable[Records] = driver.fetch(sql, *values)
        return records

    def _is_slow(self, place: object) -> bool:
        """Whether SQLAlchemy is known to have to run it."""
        return place in self._queries and self._queries[place] is None

    async def _connect(self) -> PoolProxiedConnection | None:
        """A connection that isn't known to be lost; None where SQLAlchemy can say why not."""
        while True:
            try:
                connection = await self._engine.raw_connection()
            except (OSError, PoolTimeoutError):
                raise
            except Exception:
                return None
            if not is_lost(connection):
                return connection
            connection.invalidate()

    async def _query(
        self, statement: Any, parameters: Parameters, shape: CacheKey, driver: Any
    ) -> Query | None:
        place = (shape.key, *parameters)
        if place not in self._queries:
            compiled = statement.compile(
                self._engine.sync_engine, cache_key=shape, column_keys=[*parameters] or None
            )
            query = await prepare(compiled, driver)
            if len(self._queries) >= REMEMBERED:
                del self._queries[next(iter(self._queries))]
            self._queries[place] = query
        return self._queries[place]


def leave(error: Exception, *, late: bool, lost: bool, written: bool) -> None:
    """Leave a statement that failed to SQLAlchemy, where it may be run again.

    Raises `DatabaseUnavailableError` where it is too late for that or a write was cut off, and the
    error where it is no refusal of the server's.
    """
    if late or (lost and written):
        raise DatabaseUnavailableError from error
    if not lost and not hasattr(error, "sqlstate"):
        raise error


def is_lost(connection: PoolProxiedConnection) -> bool:
    """Whether the driver has seen the end of it."""
    driver: Any = connection.driver_connection
    return bool(driver.is_closed())


def give_back(connection: PoolProxiedConnection) -> None:
    """Return it to the pool, which opens another in place of one that is lost."""
    if is_lost(connection):
        connection.invalidate()
    else:
        connection.close()


async def prepare(compiled: Any, driver: Any) -> Query | None:
    """The statement for the driver; None where its text varies, or SQLAlchemy alone knows a default
    or what the columns of the result are.
    """
    columns, dialect = compiled._result_columns, compiled.dialect
    keys = [one.keyname for one in columns]
    varies = compiled.post_compile_params or compiled.literal_execute_params
    defaults = [*defaults_of(compiled)]
    if varies or None in keys or not keys or len(defaults) < len(compiled.prefetch):
        return None
    binders = (
        (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
        for bind, name in compiled.bind_names.items()
    )
    prepared = await driver.prepare(str(compiled))
    readers = (
        (one.keyname, one.type.dialect_impl(dialect).result_processor(dialect, found.type.oid))
        for one, found in zip(columns, prepared.get_attributes(), strict=True)
    )
    return Query(
        sql=str(compiled),
        compiled=compiled,
        defaults=defaults,
        binders=[(name, bind) for name, bind in binders if bind],
        names=compiled.positiontup or (),
        keys=keys,
        readers=[(key, read) for key, read in readers if read],
    )


def defaults_of(compiled: SQLCompiler) -> Iterator[tuple[str, Processor]]:
    """What makes the values that a table gives itself, as far as that needs no database."""
    inserted = [(column.key, column.default) for column in compiled.insert_prefetch]
    updated = [(column.key, column.onupdate) for column in compiled.update_prefetch]
    for name, default in [*inserted, *updated]:
        if isinstance(default, CallableColumnDefault):
            yield name, default.arg
        elif isinstance(default, ScalarElementColumnDefault):
            yield name, partial(itself, default.arg)


def itself(value: object, _context: object) -> object:
    """A value that is the same in every row."""
    return value
