"""What is done to the values of a column that changes its type."""

from __future__ import annotations

from generator.literals import py
from generator.migrations import rows
from generator.migrations.conversions import Case
from generator.migrations.dialects import identifier
from generator.migrations.operations import CallOp, Operation, StatementOp


def update(case: Case, value: str, where: str = "") -> Operation:
    """Set the column of each row, or of those that a condition holds for."""
    table = identifier(case.table.name, case.engine)
    text = " ".join(["UPDATE", table, "SET", case.column, "=", value])
    return StatementOp(f"{text} WHERE {where}" if where else text, case.table.name)


def refuse(case: Case, wrong: str) -> Operation:
    """Stop where there are rows that a condition holds for."""
    words = (case.table.name, wrong, f"{case.said} is no {case.new.field.type} there")
    return CallOp(case.table.name, rows.refuse, tuple(map(py, words)))


def modify(case: Case, kind: str) -> Operation:
    """Give the column a type for the moment, on MariaDB."""
    table = identifier(case.table.name, case.engine)
    return StatementOp(f"ALTER TABLE {table} MODIFY {case.column} {kind}", case.table.name)
