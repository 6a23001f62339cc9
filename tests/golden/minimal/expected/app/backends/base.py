"""What every engine does alike; each one's class says what it does in its own way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sqlalchemy import (
    JSON,
    URL,
    Column,
    ColumnElement,
    DateTime,
    Executable,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    Update,
    tuple_,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.schema import ColumnCollectionConstraint
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    from app.database import Executor, Parameters, Row
    from app.settings import Settings


Pair = tuple[ColumnElement[Any], ColumnElement[Any]]


class Violation(NamedTuple):
    """Which kind of constraint was violated, and by which columns."""

    kind: str
    """`unique`, `reference` or `check`."""
    columns: list[str]
    table: str | None = None
    """The table that the constraint belongs to, where the driver says."""


class FastPath:
    """A faster way to the rows of a statement than SQLAlchemy's own; this is none."""

    async def rows(
        self, _statement: Executable, _parameters: Parameters, _deadline: float
    ) -> list[Row] | None:
        """Every row of the result, by the deadline; None where SQLAlchemy has to run it."""
        return None


class Backend(ABC):
    """One engine: its types, its connections, and what its driver's errors mean."""

    driver: ClassVar[str]
    """SQLAlchemy's name of the driver."""
    returns_decimals: ClassVar[bool] = False
    """Whether the driver returns decimals as such."""

    def text(self, length: int) -> String:
        """The type of text of at most so many characters, which compares by code point."""
        return String(length)

    def long_text(self) -> String:
        """The type of text whose length the schemas bound; it compares by code point too."""
        return Text()

    def long_binary(self) -> TypeEngine[bytes]:
        """The type of bytes whose number the schemas bound."""
        return LargeBinary()

    def instant(self) -> DateTime:
        """The type of an instant, exact to the microsecond."""
        return DateTime(timezone=True)

    def json(self) -> TypeEngine[Any]:
        """The type of any JSON value; None is SQL's NULL."""
        return JSON(none_as_null=True)

    def lower(self, text: str) -> str:
        """SQL that is the text, itself SQL, in lower case, for all of Unicode."""
        return f"lower({text})"

    def beyond(self, columns: Pair, position: Pair, *, descending: bool) -> ColumnElement[bool]:
        """What lies behind a position of the order by two columns, as a range of their index."""
        here, there = tuple_(*columns), tuple_(*position)
        return here < there if descending else here > there

    @abstractmethod
    def create_engine(self, url: URL, settings: Settings) -> AsyncEngine:
        """An engine whose connections are in autocommit."""

    def fast_path(self, _engine: AsyncEngine, _settings: Settings) -> FastPath:
        """What statements in a transaction of their own take first."""
        return FastPath()

    @abstractmethod
    def transaction(self, engine: AsyncEngine) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection of that engine in a transaction, which ends with the block."""

    def turns(self) -> AbstractAsyncContextManager[Any]:
        """What the writers of one process pass through; nothing, where they don't take turns."""
        return nullcontext()

    def breaker(self, connection: Any) -> Callable[[], None] | None:
        """What cuts a driver's connection at once; None where there is nothing to cut."""
        return None

    async def update(
        self,
        executor: Executor,
        statement: Update,
        row: ColumnElement[bool],
        columns: Sequence[ColumnElement[Any]],
    ) -> Row | None:
        """What the one `row` is after an update of it alone; None where the update found none."""
        return await executor.one(statement.returning(*columns))

    @abstractmethod
    def is_unavailable(self, error: DBAPIError) -> bool:
        """Whether the database is away or overloaded, as opposed to unhappy with the statement."""

    @abstractmethod
    def violation(self, error: DBAPIError, table: Table) -> Violation | None:
        """The constraint that a write to the table violated; None for any other error."""


async def roll_back(connection: AsyncConnection) -> None:
    """Take back what was begun; a connection that can't is closed, which comes to the same."""
    try:
        await connection.exec_driver_sql("ROLLBACK")
    except Exception:
        await connection.invalidate()


def constraints(table: Table) -> list[ColumnCollectionConstraint | Index]:
    """What a write to the table can violate."""
    found = [item for item in table.constraints if isinstance(item, ColumnCollectionConstraint)]
    return [*table.indexes, *found]


def names(columns: Iterable[Column[Any]]) -> list[str]:
    """The columns as the API calls them: by their attributes, whatever the database says.

    It does not know of those that the database computes.
    """
    return [column.key.rstrip("_") for column in columns if column.computed is None]
