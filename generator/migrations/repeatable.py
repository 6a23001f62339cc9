"""Operations as MariaDB needs them: each may run again after a migration that was cut short.

MariaDB commits every statement that defines something. A revision that fails half-way has left
what its first statements made, so each of them passes over what is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any

import sqlalchemy as sa
from alembic.operations import ops

from generator.migrations.dialects import dialect, identifier
from generator.migrations.operations import CheckOp, Operation, StatementOp

DIALECT = dialect("mariadb")
CLAUSES = {
    "unique": "DROP INDEX IF EXISTS",
    "foreignkey": "DROP FOREIGN KEY IF EXISTS",
    "check": "DROP CONSTRAINT IF EXISTS",
}
"""Alembic's word for a kind of constraint to how one goes."""


def repeatable(steps: Iterable[Operation]) -> Iterator[Operation]:
    """Make each step one that may be run again."""
    for step in steps:
        change = REPEATABLE.get(type(step))
        yield step if change is None else change(step)


def _flagged(flag: str) -> Callable[[Any], Operation]:
    """A copy of an operation with a flag of Alembic's."""

    def flagged(step: Operation) -> Operation:
        changed = copy(step)
        setattr(changed, flag, True)
        return changed

    return flagged


def _quoted(*names: object) -> Iterator[str]:
    return (identifier(str(name), "mariadb") for name in names)


def _added(before: str, after: str) -> Callable[[ops.AddConstraintOp], Operation]:
    """Alembic has no flag for constraints; MariaDB has words for it, each in a place of its own."""

    def added(step: ops.AddConstraintOp) -> Operation:
        clause = str(sa.schema.AddConstraint(step.to_constraint()).compile(dialect=DIALECT))
        table = getattr(step, "table_name", None) or getattr(step, "source_table", None)
        return StatementOp(clause.replace(before, after, 1), table)

    return added


def _drop(step: ops.DropConstraintOp) -> Operation:
    """The table may have another name by now, where the whole runs again."""
    table, name = _quoted(step.table_name, step.constraint_name)
    clause = CLAUSES[str(step.constraint_type)]
    return StatementOp(f"ALTER TABLE IF EXISTS {table} {clause} {name}", step.table_name)


def _drop_index(step: ops.DropIndexOp) -> Operation:
    table, name = _quoted(step.table_name, step.index_name)
    text = f"ALTER TABLE IF EXISTS {table} DROP INDEX IF EXISTS {name}"
    return StatementOp(text, step.table_name)


def _rename(step: ops.RenameTableOp) -> Operation:
    old, new = _quoted(step.table_name, step.new_table_name)
    return StatementOp(f"RENAME TABLE IF EXISTS {old} TO {new}", step.new_table_name)


def _alter(step: ops.AlterColumnOp) -> Operation:
    if step.modify_name is None:
        return step
    table, old, new = _quoted(step.table_name, step.column_name, step.modify_name)
    text = f"ALTER TABLE {table} RENAME COLUMN IF EXISTS {old} TO {new}"
    return StatementOp(text, step.table_name)


REPEATABLE: dict[type[Operation], Callable[[Any], Operation]] = {
    ops.CreateTableOp: _flagged("if_not_exists"),
    ops.DropTableOp: _flagged("if_exists"),
    ops.CreateIndexOp: _flagged("if_not_exists"),
    ops.DropIndexOp: _drop_index,
    ops.AddColumnOp: _flagged("if_not_exists"),
    ops.DropColumnOp: _flagged("if_exists"),
    ops.CreateForeignKeyOp: _added(" FOREIGN KEY(", " FOREIGN KEY IF NOT EXISTS ("),
    ops.CreateUniqueConstraintOp: _added(" UNIQUE (", " UNIQUE IF NOT EXISTS ("),
    CheckOp: _added(" ADD CONSTRAINT ", " ADD CONSTRAINT IF NOT EXISTS "),
    ops.DropConstraintOp: _drop,
    ops.RenameTableOp: _rename,
    ops.AlterColumnOp: _alter,
}
