"""Steps that give rows the new values of an enum."""

from __future__ import annotations

from collections.abc import Iterator

from generator.literals import py
from generator.migrations import rows
from generator.migrations.dialects import identifier
from generator.migrations.operations import CallOp, Operation, StatementOp
from generator.migrations.pairs import Names, Pair
from generator.migrations.step import Step
from generator.migrations.stored import quoted
from generator.spec.model import Engine
from generator.table import Column, Table

LISTED = (
    "UPDATE {table} SET {column} = ARRAY(SELECT {value} FROM unnest({column}) "
    "WITH ORDINALITY AS item(value, place) ORDER BY place) WHERE {column}::text[] && ARRAY[{olds}]"
)
SINGLE = "UPDATE {table} SET {column} = {value} WHERE {column} IN ({olds})"


def renaming(pair: Pair, engine: Engine, *, longer: bool) -> Iterator[Step]:
    """Rename the values of a table's columns: those with room for them once they are `longer`."""
    for old, _, new in pair.kept:
        names = pair.values.get(new.name)
        if names and longer is (longest(new) > longest(old)):
            yield _step(pair.new, new, names, engine)


def longest(column: Column) -> int:
    """How many characters a column holds."""
    return column.field.max_length or 0


def _step(table: Table, column: Column, names: Names, engine: Engine) -> Step:
    said = f"{table.name}.{column.name}"
    words = ", ".join(f"{old} to {new}" for old, new in names.items())
    back = {new: old for old, new in names.items()}
    return Step(
        table=table.name,
        upgrade=(_renamed(table, column, names, engine),),
        downgrade=(_renamed(table, column, back, engine),),
        sentence=f"rename in {said} {words}",
        apart=f"fill {said}" if engine == "postgresql" else "",
    )


def _renamed(table: Table, column: Column, names: Names, engine: Engine) -> Operation:
    """One statement, so that two values may change places; JSON is gone through row by row."""
    if column.field.is_list and engine != "postgresql":
        words = (table.name, column.name, dict(names))
        return CallOp(table.name, rows.rename_items, tuple(map(py, words)))
    own = identifier(column.name, engine)
    plain = [[quoted(value, engine) for value in pair] for pair in names.items()]
    cases = " ".join(f"WHEN {old} THEN {new}" for old, new in plain)
    value = "value" if column.field.is_list else own
    text = (LISTED if column.field.is_list else SINGLE).format(
        table=identifier(table.name, engine),
        column=own,
        value=f"CASE {value} {cases} ELSE {value} END",
        olds=", ".join(old for old, _ in plain),
    )
    return StatementOp(text, table.name)
