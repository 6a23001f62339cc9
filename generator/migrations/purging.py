"""Rows that were deleted and kept, where a table keeps them no more: they go for good.

That is what a client was told who deleted them; to let them live again would undo it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.migrations.dialects import identifier
from generator.migrations.operations import Operation, StatementOp
from generator.migrations.pairs import Pair
from generator.migrations.step import Step
from generator.spec.model import Engine
from generator.table import Column, Table
from generator.tables import DELETED_AT

Reference = tuple[Table, Column]
"""A table as it is while the migration runs, and a column of it that refers to another."""

ROWS = "SELECT id FROM {} WHERE {}"
DELETE = "DELETE FROM {} WHERE {}"
EMPTY = "UPDATE {} SET {} = NULL WHERE {}"


def purge(pair: Pair, pairs: tuple[Pair, ...], engine: Engine) -> Iterator[Step]:
    """Delete what was kept when it was deleted, where that is switched off."""
    if not _keeps(pair.old) or _keeps(pair.new):
        return
    name, present = pair.new.name, tuple(one.present for one in pairs)
    children = [child for child, key in _references(name, present) if _restricts(key)]
    refer = ", ".join(dict.fromkeys(child.name for child in children))
    yield Step(
        table=name,
        upgrade=tuple(_deletions(name, present, engine)),
        downgrade=(),
        sentence=f"delete the rows of {name} that were deleted and kept",
        loses=f"the rows of {name} that were deleted and kept",
        may_fail=f"rows of {refer} that refer to such a row of {name}" if refer else None,
        note=f"What was deleted from {name} does not come back.",
        apart=f"purge {name}" if engine == "postgresql" else "",
    )


def _keeps(table: Table) -> bool:
    return any(column.name == DELETED_AT.name for column in table.columns)


def _restricts(column: Column) -> bool:
    return column.references is not None and column.references.on_delete == "restrict"


def _references(name: str, tables: tuple[Table, ...]) -> Iterator[Reference]:
    for table in tables:
        for column in table.columns:
            if column.references is not None and column.references.table == name:
                yield table, column


def _deletions(name: str, tables: tuple[Table, ...], engine: Engine) -> Iterator[Operation]:
    """What refers to such rows goes first on SQLite, which looks after no reference meanwhile."""
    own = identifier(name, engine)
    where = f"{DELETED_AT.name} IS NOT NULL"
    if engine == "sqlite":
        yield from _following(name, where, tables, frozenset())
    yield StatementOp(DELETE.format(own, where), name)


def _following(
    name: str, where: str, tables: tuple[Table, ...], seen: frozenset[str]
) -> Iterator[Operation]:
    """What a delete of some rows of a table does to those that refer to them."""
    rows = ROWS.format(identifier(name, "sqlite"), where)
    for table, column in _references(name, tables):
        key, child = column.references, identifier(table.name, "sqlite")
        found = f"{identifier(column.name, 'sqlite')} IN ({rows})"
        if key is not None and key.on_delete == "set_null":
            text = EMPTY.format(child, identifier(column.name, "sqlite"), found)
            yield StatementOp(text, table.name)
        if key is not None and key.on_delete == "cascade" and table.name not in {*seen, name}:
            yield from _following(table.name, found, tables, seen | {name})
            yield StatementOp(DELETE.format(child, found), table.name)
