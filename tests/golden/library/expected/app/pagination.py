"""Cursor pages: a cursor is where the last page ended, so that inserts shift nothing."""

import base64
import hashlib
import json
from datetime import timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Annotated, Any, Generic, NamedTuple, Self, TypeVar

from pydantic import MISSING, BaseModel, Field, TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Select,
    SmallInteger,
    Time,
    and_,
    bindparam,
    or_,
)
from sqlalchemy.types import TypeEngine

from app.backends.base import Backend
from app.columns import ExactDecimal, Microseconds, UtcDateTime
from app.database import Executor, Row
from app.errors import InvalidInputError, field_problem
from app.ordering import Listing, Order, count
from app.parts import REMEMBERED, Conditions, Within
from app.schemas import Int16, Int32, Int64, IsoTime, Schema, Text, UtcInstant, spelled

ItemT = TypeVar("ItemT")

MAX_CURSOR = 4096
OF_THE_PAGE = {"cursor", "limit", "total"}
"""What may differ from one page of a list to the next."""
LIMIT, VALUE, ID = "LIMIT", "VALUE", "ID"
"""Names of values of a statement; no field is spelled like that."""
LONGEST = timedelta(microseconds=2**63 - 1)


class Paging(Schema):
    """Which page of a list: how many rows, and behind which cursor."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[str, Field(max_length=MAX_CURSOR)] | MISSING = MISSING
    """The `next_cursor` of the page before."""
    total: Annotated[bool, spelled("true|false", "true")] = False
    """Whether to count the rows of all pages, too."""


class RowPage(NamedTuple):
    """The rows of one page, the cursor of the next where there is one, and how many rows there are
    on all pages where that was asked.
    """

    items: list[Row]
    next_cursor: str | None
    total: int | MISSING


class Page(BaseModel, Generic[ItemT]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[ItemT]
    next_cursor: str | None
    total: int | MISSING = MISSING
    """How many rows all pages have; there for `?total=true`."""

    @classmethod
    def of(cls, page: RowPage) -> Self:
        """The page of a list as clients see it."""
        return cls.model_validate(page._asdict())


async def read_page(executor: Executor, listing: Listing, query: Paging) -> RowPage:
    """The rows behind the cursor of a query. Raises `InvalidInputError` for a bad cursor."""
    order, part = listing.order, listing.part
    scope = scope_of(str(order.id), part.values, query.model_dump(exclude=OF_THE_PAGE))
    if isinstance(query.cursor, str):
        part &= behind(order, decode(order, query.cursor, scope), executor.backend)
    statement = first_rows(listing.rows, part.conditions, order)
    rows = await executor.all(statement, {**part.values, LIMIT: query.limit + 1})
    total = await count(executor, listing) if query.total else MISSING
    if len(rows) <= query.limit:
        return RowPage(rows, None, total)
    del rows[query.limit :]
    last = Position(rows[-1][order.column.key], rows[-1][order.id.key])
    return RowPage(rows, encode(last, scope), total)


class Position(NamedTuple):
    """The row that a page ended with: the value that the list is sorted by, and its id."""

    value: Any
    id: Any


@lru_cache(maxsize=REMEMBERED)
def first_rows(rows: Select[Any], conditions: Conditions, order: Order) -> Select[Any]:
    """The statement for the first of the rows of which all of that holds."""
    ordered = rows.where(*conditions).order_by(*order.by())
    return ordered.limit(bindparam(LIMIT, type_=Integer))


def behind(order: Order, position: Position, backend: Backend) -> Within:
    """The rows that come after a position."""
    later = beyond(order, backend, is_null=position.value is None)
    return Within((later,), {VALUE: position.value, ID: position.id})


@cache
def beyond(order: Order, backend: Backend, *, is_null: bool) -> ColumnElement[bool]:
    """What holds of the rows after a position, whose value may be null."""
    value = bindparam(VALUE, type_=order.column.type)
    last = bindparam(ID, type_=order.id.type)
    if not order.column.nullable:
        columns = (order.column, order.id)
        return backend.beyond(columns, (value, last), descending=order.descending)
    later = order.id < last if order.descending else order.id > last
    if is_null:
        return and_(order.column.is_(None), later)
    passed = order.column < value if order.descending else order.column > value
    return or_(passed, and_(order.column == value, later), order.column.is_(None))


def encode(position: Position, scope: str) -> str:
    """The cursor for a position. `scope` ties it to one list, its filters and its order."""
    values = json.dumps([scope, *map(plain, position)])
    return base64.urlsafe_b64encode(values.encode()).decode().rstrip("=")


def decode(order: Order, cursor: str, scope: str) -> Position:
    """The position of a cursor. Raises `InvalidInputError` unless it was made for this list."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        made_for, value, last = values
        if made_for != scope:
            raise ValueError("of another list")
        return Position(typed(order.column, value), typed(order.id, last))
    except (ValueError, TypeError, RecursionError):
        problem = field_problem(
            ("query", "cursor"), "bad-cursor", "This cursor is not of this list."
        )
        raise InvalidInputError("The request is not valid.", [problem]) from None


def scope_of(*parts: object) -> str:
    """A short word that changes with everything that decides which rows a list has."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def plain(value: object) -> object:
    """A value as JSON; a decimal without an exponent, whatever its size."""
    return f"{value:f}" if isinstance(value, Decimal) else to_jsonable_python(value)


def typed(column: Column[Any], value: object) -> object:
    """The value of a column that JSON stood for. Raises `ValidationError` where it is none."""
    if value is None and column.nullable:
        return None
    return reader(column).validate_python(value)


@cache
def reader(column: Column[Any]) -> TypeAdapter[Any]:
    """What reads values of a column."""
    return TypeAdapter(fitting(column.type))


def fitting(kind: TypeEngine[Any]) -> Any:
    """What a column of this type can be compared with: a driver fails on anything else."""
    match kind:
        case SmallInteger():
            return Int16
        case BigInteger():
            return Int64
        case Integer():
            return Int32
        case ExactDecimal():
            digits = Field(max_digits=kind.precision, decimal_places=kind.scale)
            return Annotated[Decimal, spelled(r"-?\d+(\.\d+)?", "1.50"), digits]
        case UtcDateTime():
            return UtcInstant
        case Microseconds():
            return Annotated[timedelta, Field(ge=-LONGEST, le=LONGEST)]
        case Time():
            return IsoTime
    return Text if kind.python_type is str else kind.python_type
