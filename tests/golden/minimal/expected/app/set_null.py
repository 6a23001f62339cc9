"""What a delete changes of the rows that point at what is gone."""

from typing import Any

from sqlalchemy import Column, Table, update

from app.database import Base, Executor


def set_null_references(table: Table) -> list[Column[Any]]:
    """The references to a table that a delete sets to null, of rows that count their writes."""
    return [
        key.parent
        for other in Base.metadata.tables.values()
        for key in other.foreign_keys
        if "version_" in other.c and key.column.table is table and key.ondelete == "SET NULL"
    ]


async def count_set_null_writes(executor: Executor, table: Table, row_id: object) -> None:
    """Count a write to each row whose reference the delete of this one is about to empty.

    The database does that itself, and would leave an ETag that no longer tells what is there.
    Of rows that go with this one by a cascade it says nothing: those that point at them keep theirs.
    """
    for column in set_null_references(table):
        version = column.table.c.version_
        counted = update(column.table).where(column == row_id).values({version: version + 1})
        await executor.run(counted)
