"""The operations that change the type of a column, in either direction."""

from __future__ import annotations

from generator.migrations.carrying import verdict
from generator.migrations.conversions import Carried, same_type
from generator.migrations.dialects import identifier
from generator.migrations.metadata import column_type
from generator.migrations.operations import ConvertOp, Operation, StatementOp
from generator.migrations.tabling import sequence
from generator.spec.model import Engine
from generator.table import Column, Table


def conversion(
    table: Table, old: Column, new: Column, engine: Engine
) -> tuple[Operation, ...] | None:
    """Carry a column over from one type to another; None where its values can't be carried.

    `table` has it under its present name, and may be null now if `old` may.
    """
    found = verdict(table, old, new, engine)
    if not isinstance(found, Carried | None):
        return None
    carried = found or Carried()
    if same_type(old, new, engine):
        return (*carried.before, *carried.after)
    return (*carried.before, *_retyped(table, old, new, carried.using, engine), *carried.after)


def _retyped(
    table: Table, old: Column, new: Column, using: str | None, engine: Engine
) -> tuple[Operation, ...]:
    counted = table.counts and new.primary_key
    change = ConvertOp(
        table.name,
        new.name,
        existing_type=column_type(old, engine),
        existing_nullable=old.nullable,
        modify_type=column_type(new, engine),
    )
    change.using = using
    if counted and engine == "mariadb":
        change.kw["autoincrement"] = True
    if counted and engine == "postgresql":
        name, kind = identifier(sequence(table.name), engine), column_type(new, engine)
        return (change, StatementOp(f"ALTER SEQUENCE {name} AS {kind}", table.name))
    return (change,)
