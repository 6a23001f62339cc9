"""Operations as SQLite needs them: a table is made anew, once for all that is done to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alembic.operations import ops

from generator.migrations.operations import BatchOp, CheckOp, Operation

BATCHED = (
    ops.AddColumnOp,
    ops.DropColumnOp,
    ops.AlterColumnOp,
    ops.AddConstraintOp,
    ops.DropConstraintOp,
    CheckOp,
)


def batched(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Gather what is done to a table until something else is done to it.

    A table that others refer to is there, under its name, for as long as those are made anew.
    """
    open_batches: dict[str, list[Operation]] = {}
    for operation in operations:
        name = table_of(operation)
        if isinstance(operation, BATCHED) and not _is_rename(operation):
            open_batches.setdefault(str(name), []).append(operation)
            continue
        is_far = name is None or isinstance(operation, ops.DropTableOp | ops.RenameTableOp)
        for table in [*open_batches] if is_far else [str(name)]:
            yield from _closed(open_batches, table)
        yield operation
    for table in [*open_batches]:
        yield from _closed(open_batches, table)


def table_of(operation: Operation) -> str | None:
    """The table that an operation changes; None where it may be any."""
    found = getattr(operation, "table_name", None) or getattr(operation, "source_table", None)
    return None if found is None else str(found)


def _is_rename(operation: Operation) -> bool:
    """SQLite renames a column itself, wherever it is named."""
    return isinstance(operation, ops.AlterColumnOp) and operation.modify_name is not None


def _closed(open_batches: dict[str, list[Operation]], table: str) -> Iterator[Operation]:
    if table in open_batches:
        yield BatchOp(table, tuple(open_batches.pop(table)))
