"""What the database refused, told in the words of the API.

Where a driver does not say which foreign key it was, the database is asked.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table, null, select
from sqlalchemy.exc import DBAPIError

from app.backends.base import names
from app.database import Base, Executor
from app.errors import ApplicationError, ConflictError, InvalidInputError, field_problem

MISSING = "missing-reference"
"""The code of what points at nothing."""
MAX_ROWS = 1000
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
    return refuse(
        InvalidInputError, violation.columns, "check", check_detail(table, violation.columns)
    )


async def explain_delete(
    error: DBAPIError, table: Table, executor: Executor, row_id: object
) -> ApplicationError | None:
    """The error for a row that could not be deleted, since others point at it."""
    violation = executor.backend.violation(error, table)
    if violation is None:
        return None
    if violation.table:
        return in_use([violation.table])
    return in_use(await referring_tables(executor, table, row_id))


def in_use(tables: list[str]) -> ApplicationError:
    """The error for a row at which rows of these tables point."""
    return ConflictError(f"Still in use by: {', '.join(tables)}." if tables else "Still in use.")


def check_detail(table: Table, columns: list[str]) -> str:
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
        if not await reference_exists(executor, column, values[column.key])
    ]
    return names(missing)


async def reference_exists(executor: Executor, column: Column[Any], value: object) -> bool:
    """Whether a foreign key's row is there."""
    (key,) = column.foreign_keys
    return await executor.one(select(key.column).where(key.column == value)) is not None


async def referring_tables(executor: Executor, table: Table, row_id: object) -> list[str]:
    """The tables whose rows restrict a delete of this one, or of what its delete cascades to."""
    rows: Rows = {table: {row_id}}
    visited: set[tuple[Table, Any]] = set()
    tables: list[str] = []
    while rows and not tables:
        visited |= {(one, key) for one, keys in rows.items() for key in keys}
        tables = [
            column.table.name
            for column, keys in referring(rows, None)
            if await referring_ids(executor, column, keys)
        ]
        rows = await cascaded_rows(executor, rows, visited)
    return [*dict.fromkeys(tables)]


async def cascaded_rows(executor: Executor, rows: Rows, visited: set[tuple[Table, Any]]) -> Rows:
    """The rows that a delete of these cascades to, without those that have been visited."""
    cascaded: Rows = {}
    for column, keys in referring(rows, "CASCADE"):
        found = [key for key in await referring_ids(executor, column, keys) if key is not None]
        fresh = {key for key in found if (column.table, key) not in visited}
        cascaded[column.table] = cascaded.get(column.table, set()) | fresh
    return {one: keys for one, keys in cascaded.items() if keys}


def referring(rows: Rows, on_delete: str | None) -> list[tuple[Column[Any], set[Any]]]:
    """The foreign keys to tables of these rows with this `ON DELETE`, and the keys of the rows."""
    return [
        (key.parent, rows[key.column.table])
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda key: str(key.parent))
        if key.column.table in rows and key.ondelete == on_delete
    ]


async def referring_ids(executor: Executor, column: Column[Any], keys: set[Any]) -> list[Any]:
    """The ids of rows that have one of the keys in a column; a row of a mere link has none."""
    row_id = column.table.c.get("id", null())
    found = select(row_id.label("id")).where(column.in_(keys)).limit(MAX_ROWS)
    return [row["id"] for row in await executor.all(found)]
