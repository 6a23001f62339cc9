"""Operations as MariaDB needs them: each may run again after a migration that was cut short.

MariaDB commits every statement that defines something. A revision that fails half-way has left
what its first statements made, so each of them passes over what is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.operations import ops

from generator.migrations.dialects import dialect
from generator.migrations.sql import sql

DIALECT = dialect("mariadb")


@dataclass(frozen=True, slots=True)
class StatementOp(ops.MigrateOperation):
    """A statement in words that Alembic doesn't have."""

    text: str


@renderers.dispatch_for(StatementOp)
def _statement(_: AutogenContext, step: StatementOp) -> str:
    return f"op.execute({sql(step.text)})"


def repeatable(steps: Iterable[ops.MigrateOperation]) -> Iterator[ops.MigrateOperation]:
    """Make each step one that may be run again."""
    for step in steps:
        change = REPEATABLE.get(type(step))
        yield step if change is None else change(step)


def _flagged(flag: str) -> Callable[[Any], ops.MigrateOperation]:
    """A copy of an operation with a flag of Alembic's."""

    def flagged(step: ops.MigrateOperation) -> ops.MigrateOperation:
        changed = copy(step)
        setattr(changed, flag, True)
        return changed

    return flagged


def _add_key(step: ops.CreateForeignKeyOp) -> ops.MigrateOperation:
    """Alembic has no flag for foreign keys; MariaDB has words for it."""
    clause = str(sa.schema.AddConstraint(step.to_constraint()).compile(dialect=DIALECT))
    return StatementOp(clause.replace(" FOREIGN KEY(", " FOREIGN KEY IF NOT EXISTS (", 1))


def _drop_key(step: ops.DropConstraintOp) -> ops.MigrateOperation:
    if step.constraint_type != "foreignkey":
        return step
    quote = DIALECT.identifier_preparer.quote
    table, name = quote(step.table_name), quote(str(step.constraint_name))
    return StatementOp(f"ALTER TABLE {table} DROP FOREIGN KEY IF EXISTS {name}")


REPEATABLE: dict[type[ops.MigrateOperation], Callable[[Any], ops.MigrateOperation]] = {
    ops.CreateTableOp: _flagged("if_not_exists"),
    ops.DropTableOp: _flagged("if_exists"),
    ops.CreateIndexOp: _flagged("if_not_exists"),
    ops.DropIndexOp: _flagged("if_exists"),
    ops.AddColumnOp: _flagged("if_not_exists"),
    ops.DropColumnOp: _flagged("if_exists"),
    ops.CreateForeignKeyOp: _add_key,
    ops.DropConstraintOp: _drop_key,
}
