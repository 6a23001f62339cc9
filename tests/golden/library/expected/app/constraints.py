"""What the database refused, told in the words of the API.

Where a driver does not say which foreign key it was, the database is asked.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table, null, select
from sqlalchemy.exc import DBAPIError

from app.backends.base import names
from app.database import Base, Executor
from app.errors import (
    ApplicationError,
    ConflictError,
    FieldProblem,
    InvalidInputError,
    field_problem,
)

MISSING = "missing-reference"
"""The code of what points at nothing."""
MOST = 1000
"""How many rows are followed through one reference: each is a parameter of the next statement."""

Rows = dict[Table, set[Any]]
"""Rows by their table, each as its key."""


async def explain(
    error: DBAPIError, table: Table, executor: Executor, values: Mapping[str, Any]
) -> ApplicationError | None:
    """The error that a client should see for a refused write; None where it is no constraint's.

    `values` are those that were written, by attribute.
    """
    violation = executor.backend.violation(error, table)
    if violation is None:
        return None
    if violation.kind == "reference":
        columns = violation.columns or await missing_references(executor, table, values)
        return missing_reference(*columns)
    if violation.kind == "unique":
        return refuse(ConflictError, violation.columns, "taken", "This is taken already.")
    return refuse(InvalidInputError, violation.columns, "check", said(table, violation.columns))


async def explain_delete(
    error: DBAPIError, table: Table, executor: Executor, row_id: object
) -> ApplicationError | None:
    """The error for a row that could not be deleted, since others point at it."""
    violation = executor.backend.violation(error, table)
    if violation is None:
        return None
    users = [violation.table] if violation.table else await users_of(executor, table, row_id)
    return in_use(users)


def in_use(users: list[str]) -> ApplicationError:
    """The error for a row at which rows of these tables point."""
    return ConflictError(f"Still in use by: {', '.join(users)}." if users else "Still in use.")


def said(table: Table, columns: list[str]) -> str:
    """What the checks of these columns say of themselves."""
    checks = [one for one in table.constraints if isinstance(one, CheckConstraint)]
    details = [
        one.info["detail"]
        for one in checks
        if "detail" in one.info and names(one.columns) == columns
    ]
    return ", ".join(details) or "This is not allowed."


def missing_reference(*columns: str) -> ApplicationError:
    """The error for what points at nothing, or at nothing that the caller may know of."""
    return refuse(ConflictError, [*columns], MISSING, "There is no such thing.")


def is_missing(column: Column[Any], problem: FieldProblem) -> bool:
    """Whether this is what is wrong: the column points at nothing."""
    (name,) = names([column])
    return problem.code == MISSING and problem.pointer == f"/{name}"


def refuse(
    kind: type[ApplicationError], columns: list[str], code: str, detail: str
) -> ApplicationError:
    """An error that names each column."""
    problems = [field_problem(("body", column), code, detail) for column in columns]
    named = f"{', '.join(columns)}: {detail}" if columns else detail
    return kind(named, problems)


async def missing_references(
    executor: Executor, table: Table, values: Mapping[str, Any]
) -> list[str]:
    """The columns among `values` that point at rows which don't exist."""
    missing = [
        column
        for column in table.c
        if column.foreign_keys and values.get(column.key) is not None
        if not await points_somewhere(executor, column, values[column.key])
    ]
    return names(missing)


async def points_somewhere(executor: Executor, column: Column[Any], value: object) -> bool:
    """Whether a foreign key's row is there."""
    (key,) = column.foreign_keys
    return await executor.one(select(key.column).where(key.column == value)) is not None


async def users_of(executor: Executor, table: Table, row_id: object) -> list[str]:
    """The tables with rows that point at this one, or else at what its delete would take along."""
    going: Rows = {table: {row_id}}
    gone: set[tuple[Table, Any]] = set()
    users: list[str] = []
    while going and not users:
        gone |= {(one, key) for one, keys in going.items() for key in keys}
        users = [
            column.table.name
            for column, keys in referring(going, None)
            if await pointing(executor, column, keys)
        ]
        going = await taken_along(executor, going, gone)
    return [*dict.fromkeys(users)]


async def taken_along(executor: Executor, going: Rows, gone: set[tuple[Table, Any]]) -> Rows:
    """The rows that go with these by a cascade, and have not been seen to yet."""
    rows: Rows = {}
    for column, keys in referring(going, "CASCADE"):
        found = [key for key in await pointing(executor, column, keys) if key is not None]
        fresh = {key for key in found if (column.table, key) not in gone}
        rows[column.table] = rows.get(column.table, set()) | fresh
    return {one: keys for one, keys in rows.items() if keys}


def referring(rows: Rows, on_delete: str | None) -> list[tuple[Column[Any], set[Any]]]:
    """The columns that point at tables of these rows and say that of a delete, and the rows' keys."""
    return [
        (key.parent, rows[key.column.table])
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda key: str(key.parent))
        if key.column.table in rows and key.ondelete == on_delete
    ]


async def pointing(executor: Executor, column: Column[Any], keys: set[Any]) -> list[Any]:
    """The ids of rows that have one of the keys in a column; a row of a mere link has none."""
    row_id = column.table.c.get("id", null())
    found = select(row_id.label("id")).where(column.in_(keys)).limit(MOST)
    return [row["id"] for row in await executor.all(found)]
