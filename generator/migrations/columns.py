"""Steps that add, drop and change the columns of a table that is there."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.operations import ops

from generator.migrations.conversions import same_type
from generator.migrations.fills import added, fill_rows, is_known, required
from generator.migrations.metadata import column_type, live_column
from generator.migrations.operations import ConvertOp, Operation
from generator.migrations.pairs import Pair
from generator.migrations.step import Obstacle, Step
from generator.spec.model import Engine
from generator.table import Column, Table

ASKS = "a new column of rows that are there: give it a default, or let it be null"


def obstacles(pair: Pair) -> Iterator[Obstacle]:
    """The columns that can't be added to a table with rows, or changed with what is in them.

    One that refers to rows can: it may be that there are none of its table yet.
    """
    for column in pair.added:
        if not (column.nullable or is_known(column) or column.references):
            yield Obstacle(pair.new.name, column.name, ASKS)


def adding(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Add the new columns of a table, as far as that can be done to all rows at once."""
    for column in pair.added:
        yield add(pair.new, column, engine)
    yield from live(pair.moved, pair.new, engine)


def converting(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Change the types of those that stay."""
    for _, old, new in pair.kept:
        yield from convert(pair.new, old, new, engine)


def filling(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Give the rows that are there what new columns hold, and those that may be null no more."""
    for column in pair.added:
        if filled := added(pair.new, column, engine)[1]:
            yield fill(pair.new, column, filled, engine, is_said=engine == "postgresql")
    for _, old, new in pair.kept:
        if old.nullable and not new.nullable and (filled := fill_rows(pair.new, new, engine)):
            yield fill(pair.new, new, filled, engine, is_said=True)


def fill(
    table: Table, column: Column, filled: tuple[Operation, ...], engine: Engine, *, is_said: bool
) -> Step:
    """Give rows what a column holds; on PostgreSQL in a transaction that holds up no reader."""
    return Step(
        table=table.name,
        upgrade=filled,
        downgrade=(),
        sentence=f"fill {table.name}.{column.name}" if is_said else "",
        apart=f"fill {table.name}.{column.name}" if engine == "postgresql" else "",
    )


def tightening(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Let columns be null no more, or again."""
    for column in pair.added:
        if last := added(pair.new, column, engine)[2]:
            back = required(pair.new.name, column, engine, nullable=True)
            yield Step(table=pair.new.name, upgrade=last, downgrade=(back,))
    for _, old, new in pair.kept:
        if old.nullable != new.nullable:
            yield nullability(pair.new, old, new, engine)


def convert(table: Table, old: Column, new: Column, engine: Engine) -> Iterator[Step]:
    """Change the type of a column."""
    if same_type(old, new, engine):
        return
    before, after = column_type(old, engine), column_type(new, engine)
    up, down = (
        ConvertOp(table.name, new.name, existing_type=types[0], modify_type=types[1])
        for types in ((before, after), (after, before))
    )
    said = f"{table.name}.{new.name}"
    yield Step(
        table=table.name, upgrade=(up,), downgrade=(down,), sentence=f"change the type of {said}"
    )


def add(table: Table, column: Column, engine: Engine) -> Step:
    """Add a column; one for which nothing is known stops where there are rows."""
    said = f"{table.name}.{column.name}"
    unknown = f"any row of {table.name}: nothing says what its {column.key} is"
    return Step(
        table=table.name,
        upgrade=added(table, column, engine)[0],
        downgrade=(ops.DropColumnOp(table.name, column.name),),
        sentence=f"add the column {said}",
        may_fail=None if column.nullable or is_known(column) else unknown,
    )


def drop(table: Table, column: Column, engine: Engine) -> Step:
    """Drop a column; taking that back restores it without what it held."""
    first, filled, last = added(table, column, engine)
    known = column.nullable or is_known(column)
    said = f"{table.name}.{column.name}"
    return Step(
        table=table.name,
        upgrade=(ops.DropColumnOp(table.name, column.name),),
        downgrade=(*first, *filled, *(last if known else ())),
        sentence=f"drop the column {said}",
        loses=f"what is in {said}",
        note=None if known else f"{said} comes back empty, and may be null.",
    )


def rename(table: str, old: str, new: str, apart: str) -> Step:
    """Rename a column; what is in it, and what points at it, stay."""
    return Step(
        apart=apart,
        table=table,
        upgrade=(ops.AlterColumnOp(table, old, modify_name=new),),
        downgrade=(ops.AlterColumnOp(table, new, modify_name=old),),
        sentence=f"rename the column {table}.{old} to {new}",
    )


def nullability(table: Table, old: Column, new: Column, engine: Engine) -> Step:
    """Let a column be null, or let it be null no more."""
    said = f"{table.name}.{new.name}"
    known = new.nullable or is_known(new)
    return Step(
        table=table.name,
        upgrade=(required(table.name, new, engine, nullable=new.nullable),),
        downgrade=(required(table.name, new, engine, nullable=old.nullable),),
        sentence=f"allow {'' if new.nullable else 'no '}null in {said}",
        may_fail=None if known else f"rows of {table.name} where {new.name} is null",
    )


def live(old: Table | None, new: Table | None, engine: Engine) -> Iterator[Step]:
    """The column by which MariaDB counts live rows, where it comes or goes."""
    table = new or old
    had, has = (one is not None and one.counts_live for one in (old, new))
    if engine != "mariadb" or had == has or table is None:
        return
    made = live_column(engine)
    add, drop = ops.AddColumnOp(table.name, made), ops.DropColumnOp(table.name, made.name)
    up, down = (add, drop) if has else (drop, add)
    yield Step(table=table.name, upgrade=(up,), downgrade=(down,))
