"""Steps that add, drop and change the columns of a table that is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from alembic.operations import ops

from generator.migrations import careful
from generator.migrations.carrying import SEALED, verdict
from generator.migrations.conversions import Carried, Impossible, Lost, typed
from generator.migrations.converting import conversion
from generator.migrations.failing import members_stay
from generator.migrations.fills import added, fill_rows, is_known, required
from generator.migrations.metadata import live_column
from generator.migrations.operations import Operation
from generator.migrations.pairs import GONE, Pair
from generator.migrations.step import Obstacle, Step
from generator.spec.model import Default, Engine
from generator.table import Column, SlugOf, Table, WordsOf

ASKS = "a new column of rows that are there: give it a default, or let it be null"


def obstacles(pair: Pair, engine: Engine) -> Iterator[Obstacle]:
    """The columns that can't be added to a table with rows, or changed with what is in them.

    One that refers to rows can: it may be that there are none of its table yet.
    """
    for column in fresh(pair, engine):
        if not (column.nullable or is_known(column) or column.references):
            yield Obstacle(pair.new.name, column.name, ASKS)
    for _, old, new in pair.kept:
        found = verdict(pair.new, old, new, engine)
        if isinstance(found, Impossible):
            yield Obstacle(pair.new.name, new.name, found.message)
        elif new.field.encrypted and pair.values.get(new.name):
            yield Obstacle(pair.new.name, new.name, SEALED.format("rename"))


def fresh(pair: Pair, engine: Engine) -> tuple[Column, ...]:
    """The columns that hold nothing yet: new ones, and those whose values can't be carried over."""
    lost = [new for _, old, new in pair.kept if verdict(pair.new, old, new, engine) == Lost()]
    return (*pair.added, *lost)


def adding(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Add the new columns of a table, as far as that can be done to all rows at once."""
    for column in pair.added:
        yield add(pair.new, column, engine)
    yield from live(pair.moved, pair.new, engine)


def converting(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Change the types of those that stay."""
    for _, old, new in pair.kept:
        found = verdict(pair.new, old, new, engine)
        if isinstance(found, Carried):
            step = convert(pair.new, old, new, engine)
            yield replace(step, may_fail=None) if members_stay(pair, new.name) else step
        elif isinstance(found, Lost):
            yield from anew(pair.new, old, new, engine)


def filling(pair: Pair, engine: Engine) -> Iterator[Step]:
    """Give the rows that are there what new columns hold, and those that may be null no more."""
    new = fresh(pair, engine)
    for column in new:
        if filled := added(pair.new, column, engine)[1]:
            yield fill(pair.new, column, filled, engine, is_said=engine == "postgresql")
    for _, old, column in pair.kept:
        stricter = old.nullable and not column.nullable and column not in new
        if stricter and (filled := fill_rows(pair.new, column, engine)):
            yield fill(pair.new, column, filled, engine, is_said=True)
        if isinstance(column.fill, WordsOf) and old.fill != column.fill:
            yield refill(pair, old, column, engine)


def refill(pair: Pair, old: Column, new: Column, engine: Engine) -> Step:
    """Find the words of each row again, since others of its texts are searched."""
    there = fill(pair.new, new, fill_rows(pair.new, new, engine), engine, is_said=True)
    before = next(column for column in pair.present.columns if column.name == old.name)
    return replace(there, downgrade=fill_rows(pair.new, before, engine))


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
    new = fresh(pair, engine)
    for column in new:
        if added(pair.new, column, engine)[2]:
            yield from stricter(pair.new, column, engine)
    for _, old, column in pair.kept:
        if old.nullable != column.nullable and column not in new:
            yield from nullability(pair.new, column, engine)


def stricter(table: Table, column: Column, engine: Engine) -> Iterator[Step]:
    """Let a column be null no more."""
    if engine == "postgresql":
        yield from careful.required(table.name, column)
        return
    up, down = (required(table.name, column, engine, nullable=null) for null in (False, True))
    yield Step(table=table.name, upgrade=(up,), downgrade=(down,))


def convert(table: Table, old: Column, new: Column, engine: Engine) -> Step:
    """Change the type of a column, with what is in it."""
    there, back = conversion(table, old, new, engine), conversion(table, new, old, engine)
    found = verdict(table, old, new, engine)
    carried = found if isinstance(found, Carried) else Carried()
    said = f"{table.name}.{new.name}"
    types = [typed(column.field) for column in (old, new)]
    return Step(
        table=table.name,
        upgrade=there or (),
        downgrade=_anew(table, old, engine) if back is None else back,
        sentence=f"change the type of {said} from {types[0]} to {types[1]}",
        loses=carried.loses,
        may_fail=carried.may_fail,
        note=_note(table, table, old) if back is None else None,
    )


def anew(table: Table, old: Column, new: Column, engine: Engine) -> Iterator[Step]:
    """Make a column anew, since nothing that is in it has a meaning in its new type."""
    said = f"{table.name}.{new.name}"
    types = [typed(column.field) for column in (old, new)]
    yield Step(
        table=table.name,
        upgrade=(ops.DropColumnOp(table.name, new.name), *added(table, new, engine)[0]),
        downgrade=_anew(table, old, engine),
        sentence=f"change the type of {said} from {types[0]} to {types[1]}",
        loses=f"what is in {said}",
        note=_note(table, table, old),
    )


def _anew(table: Table, old: Column, engine: Engine) -> tuple[Operation, ...]:
    """Make a column anew as it was."""
    drop = ops.DropColumnOp(table.name, old.name)
    return (drop, *restored(table, table, old, engine))


def restored(table: Table, old: Table, column: Column, engine: Engine) -> tuple[Operation, ...]:
    """Add a column again that was dropped: as it was, or so that it may be null."""
    whole = column if _comes_back(old, column) else replace(column, nullable=True)
    return tuple(chain(*added(table, whole, engine)))


def _comes_back(old: Table, column: Column) -> bool:
    """Whether each row can be given a value again that the table allows."""
    if column.nullable:
        return True
    single = any(column.name in unique.columns for unique in old.uniques)
    match column.fill:
        case Default():
            return is_known(column) and (not single or column.fill.kind == "uuid")
        case SlugOf():
            return not column.fill.column.startswith(GONE)
        case WordsOf():
            return not any(name.startswith(GONE) for name in column.fill.columns)
        case _:
            return False


def _note(table: Table, old: Table, column: Column) -> str:
    said = f"{table.name}.{column.name} comes back without what it held"
    return f"{said}." if _comes_back(old, column) else f"{said}, and may be null."


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


def drop(table: Table, old: Table, column: Column, engine: Engine) -> Step:
    """Drop a column; taking that back restores it without what it held.

    `old` is the table as it was, and `table` as it is called now.
    """
    said = f"{table.name}.{column.name}"
    return Step(
        table=table.name,
        upgrade=(ops.DropColumnOp(table.name, column.name),),
        downgrade=restored(table, old, column, engine),
        sentence=f"drop the column {said}",
        loses=f"what is in {said}",
        note=_note(table, old, column),
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


def nullability(table: Table, new: Column, engine: Engine) -> Iterator[Step]:
    """Let a column be null, or let it be null no more."""
    said = f"{table.name}.{new.name}"
    if new.nullable:
        up, down = (required(table.name, new, engine, nullable=null) for null in (True, False))
        sentence = f"allow null in {said}"
        yield Step(table=table.name, upgrade=(up,), downgrade=(down,), sentence=sentence)
        return
    may_fail = None if is_known(new) else f"rows of {table.name} where {new.name} is null"
    first, *others = stricter(table, new, engine)
    yield replace(first, sentence=f"allow no null in {said}", may_fail=may_fail)
    yield from others


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
