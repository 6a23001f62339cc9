"""Steps that create, drop and rename whole tables, and the order in which names can change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from alembic.operations import ops

from generator import naming
from generator.migrations.creation import creation
from generator.migrations.dialects import identifier
from generator.migrations.operations import Operation, StatementOp
from generator.migrations.step import Step
from generator.spec.model import Engine
from generator.table import Table

ASIDE = "_renamed_"
"""Stands before a name for as long as two things change theirs with each other."""


def create(created: tuple[Table, ...], others: tuple[Table, ...], engine: Engine) -> Iterator[Step]:
    """Create tables, with all that belongs to them."""
    for name, found in groupby(creation(created, engine, others), _table):
        up = tuple(found)
        is_table = isinstance(up[0], ops.CreateTableOp)
        down = (ops.DropTableOp(name),) if is_table else _reversed(up)
        sentence = f"create the table {name}" if is_table else ""
        yield Step(table=name, upgrade=up, downgrade=down, sentence=sentence)


def drop(dropped: tuple[Table, ...], others: tuple[Table, ...], engine: Engine) -> Iterator[Step]:
    """Drop tables, those first that refer to others; taking it back restores them empty."""
    for step in reversed(tuple(create(dropped, others, engine))):
        name = step.table
        yield Step(
            table=name,
            upgrade=step.downgrade,
            downgrade=step.upgrade,
            sentence=f"drop the table {name}" if step.sentence else "",
            loses=f"every row of {name}" if step.sentence else None,
            note=f"{name} comes back empty." if step.sentence else None,
        )


def _table(operation: Operation) -> str:
    found = getattr(operation, "table_name", None) or getattr(operation, "source_table", "")
    return str(found)


def _reversed(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    return tuple(ops.UpgradeOps(operations).reverse().ops)


def rename(old: str, new: str, engine: Engine, *, counts: bool) -> Step:
    """Rename a table; its rows, and what points at them, stay."""
    up, down = (ops.RenameTableOp(*names) for names in ((old, new), (new, old)))
    ups: list[Operation] = [up]
    downs: list[Operation] = [down]
    if counts and engine == "postgresql":
        both = [sequence(name) for name in (old, new)]
        ups.append(_sequence(both[0], both[1], new))
        downs.insert(0, _sequence(both[1], both[0], new))
    return Step(
        table=new,
        upgrade=tuple(ups),
        downgrade=tuple(downs),
        sentence=f"rename the table {old} to {new}",
        apart="rename tables" if engine == "mariadb" else "",
    )


def sequence(table: str) -> str:
    """What PostgreSQL calls the sequence that counts the rows of a table."""
    return f"{table[: naming.LONGEST_NAME - len('_id_seq')]}_id_seq"


def _sequence(old: str, new: str, table: str) -> Operation:
    before, after = identifier(old, "postgresql"), identifier(new, "postgresql")
    return StatementOp(f"ALTER SEQUENCE IF EXISTS {before} RENAME TO {after}", table)


def ordered(renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The renames, each once its new name is free; in a circle one steps aside for a while."""
    waiting = dict(renamed)
    while waiting:
        old = next((old for old, new in waiting.items() if new not in waiting), None)
        if old is None:
            old = next(iter(waiting))
            aside = naming.shortened(ASIDE + old)
            yield old, aside
            waiting[aside] = waiting.pop(old)
        else:
            yield old, waiting.pop(old)
