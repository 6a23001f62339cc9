"""How PostgreSQL comes to hold a table to more while the service goes on reading and writing.

An index is built while rows are written, which no transaction can do. A constraint is asked of new
rows first, and of those that are there in a transaction of its own, which locks out nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import sqlalchemy as sa
from alembic.operations import ops

from generator import naming
from generator.migrations.dialects import identifier
from generator.migrations.metadata import column_type, name_on_engine
from generator.migrations.operations import CheckOp, Operation, OutsideOp, StatementOp
from generator.migrations.parts import Kind, Part
from generator.migrations.step import Step
from generator.table import Column

VALIDATE, REQUIRE = "validate", "require"
"""What steps share a revision; these come last, in this order."""

WAIT = StatementOp("SET lock_timeout = 0")
"""Whoever builds an index waits for those who write, and nobody waits for it."""

WAIT_NO_MORE = StatementOp("RESET lock_timeout")

ADOPTING: Mapping[Kind, str] = MappingProxyType({"unique": "UNIQUE", "primary key": "PRIMARY KEY"})
"""What makes an index that of a constraint."""


def index(part: Part) -> Step:
    """Build an index; one that an attempt has left half-built goes first."""
    building, leftover = _building(part), ops.DropIndexOp(name_on_engine(part.name), part.table)
    leftover.if_exists = True
    for operation in (building, leftover):
        operation.kw["postgresql_concurrently"] = True
    return Step(
        table=part.table,
        upgrade=(OutsideOp((WAIT, leftover, building, WAIT_NO_MORE)), *_adopted(part)),
        downgrade=(part.drop(),),
        apart=f"index {part.name}",
    )


def _building(part: Part) -> ops.CreateIndexOp:
    if isinstance(part.item, sa.Index):
        return ops.CreateIndexOp.from_index(part.item)
    return ops.CreateIndexOp(name_on_engine(part.name), part.table, part.columns, unique=True)


def _adopted(part: Part) -> tuple[Operation, ...]:
    """Make the index that of a constraint, where it is one."""
    if isinstance(part.item, sa.Index):
        return ()
    table, name = identifier(part.table, "postgresql"), identifier(part.name, "postgresql")
    text = f"ALTER TABLE {table} ADD CONSTRAINT {name} {ADOPTING[part.kind]} USING INDEX {name}"
    return (StatementOp(text, part.table),)


def constraint(part: Part) -> Iterator[Step]:
    """Ask a check or a foreign key of new rows, then of those that are there."""
    yield Step(
        table=part.table,
        upgrade=(_not_valid(part.create()),),
        downgrade=(part.drop(),),
        title=f"hold {part.table} to {part.name}",
    )
    yield validated(part.table, part.name)


def _not_valid(operation: Operation) -> Operation:
    kw = operation.kw  # type: ignore[attr-defined]
    kw["postgresql_not_valid"] = True
    return operation


def validated(table: str, name: str) -> Step:
    """Ask a constraint of the rows that are there."""
    words = [identifier(word, "postgresql") for word in (table, name)]
    text = "ALTER TABLE {} VALIDATE CONSTRAINT {}".format(*words)
    return Step(
        table=table,
        upgrade=(StatementOp(text, table),),
        downgrade=(),
        title=f"validate {name}",
        apart=VALIDATE,
    )


def required(table: str, column: Column) -> Iterator[Step]:
    """Let a column be null no more: a check says so of each row, and nobody need look again."""
    name = naming.constraint_name("ck", table, column.name, "not_null")
    condition = sa.column(column.name).is_not(None)
    asked, kind = CheckOp(name, table, condition), column_type(column, "postgresql")
    drop = ops.DropConstraintOp(name_on_engine(name), table, type_="check")
    nullable, never = (
        ops.AlterColumnOp(table, column.name, existing_type=kind, modify_nullable=null)
        for null in (True, False)
    )
    yield Step(
        table=table,
        upgrade=(_not_valid(CheckOp(name, table, condition)),),
        downgrade=(drop,),
        title=f"hold {table} to {name}",
    )
    yield validated(table, name)
    yield Step(
        table=table,
        upgrade=(never, drop),
        downgrade=(asked, nullable),
        title=f"require {table}.{column.name}",
        apart=REQUIRE,
    )


def ordered(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with those last that look at every row, or that need another one to have looked."""
    late = (VALIDATE, REQUIRE)
    return tuple(
        sorted(steps, key=lambda step: late.index(step.apart) if step.apart in late else -1)
    )
