"""Two sets of tables -> the steps that make the one the other, rows kept: the plan of a migration.

The order is the same on every engine: what is in the way goes, names change, columns are added,
filled and changed, what nobody wants goes, and new tables, constraints and indexes come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.migrations import careful, columns, constraints, purging, tabling
from generator.migrations.pairs import Tables, paired, pointed
from generator.migrations.parts import PRIMARY, Changed
from generator.migrations.renames import Renames
from generator.migrations.renaming import renaming
from generator.migrations.step import ImpossibleChangeError, Step
from generator.migrations.ways import compared_parts
from generator.spec.model import Engine
from generator.table import Table


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that the steps are made from."""

    tables: Tables
    parts: dict[str, Changed]
    """By the new name of the table."""
    old: tuple[Table, ...]
    new: tuple[Table, ...]
    engine: Engine


def changes(
    old: tuple[Table, ...], new: tuple[Table, ...], renames: Renames, engine: Engine
) -> tuple[Step, ...]:
    """The steps from old tables to new ones, in the order in which they can be made.

    Raises `ImpossibleChangeError` with every change that can't be made to rows that are there.
    """
    tables = paired(old, new, renames)
    obstacles = tuple(one for pair in tables.pairs for one in columns.obstacles(pair, engine))
    if obstacles:
        raise ImpossibleChangeError(obstacles)
    parts = compared_parts(tables, old, new, engine)
    change = Change(tables, parts, old, new, engine)
    return careful.ordered(tuple(step for phase in PHASES for step in phase(change)))


def _drop_parts(change: Change) -> Iterator[Step]:
    for pair in change.tables.pairs:
        changed, stays = change.parts[pair.new.name], {one.name for one, _, _ in pair.kept}
        again = {(part.kind, part.columns) for part in changed.added}
        for part in changed.dropped:
            if part.name == PRIMARY:  # it goes when another takes its place
                continue
            names = tuple(pair.renamed.get(name, name) for name in part.columns)
            is_said = stays.issuperset(part.columns) and (part.kind, names) not in again
            yield constraints.drop(part, is_said=is_said)


def _clear_names(change: Change) -> Iterator[Step]:
    """Drop what has the name that something else gets."""
    apart = "clear names" if change.engine == "mariadb" else ""
    names = {table.name for table in change.new}
    dropped = tuple(table for table in change.tables.dropped if table.name in names)
    for step in tabling.drop(dropped, change.old, change.engine):
        yield replace(step, apart=apart)
    for pair in change.tables.pairs:
        taken = {column.name for column in pair.new.columns}
        for column in pair.dropped:
            if column.name in taken:
                step = columns.drop(pair.old, pair.old, column, change.engine)
                yield replace(step, apart=apart)


def _rename(change: Change) -> Iterator[Step]:
    counting = {pair.old.name for pair in change.tables.pairs if pair.old.counts}
    for old, new in tabling.ordered(change.tables.renamed):
        yield tabling.rename(old, new, change.engine, counts=old in counting)
    for pair in change.tables.pairs:
        for number, (old, new) in enumerate(tabling.ordered(pair.renamed)):
            reused = change.engine == "mariadb" and old in {one.name for one in pair.new.columns}
            apart = f"rename column {number} of {pair.new.name}" if reused else ""
            yield columns.rename(pair.new.name, old, new, apart)
    for names in constraints.scopes(change.parts.values()).values():
        parts = {old.name: new for old, new in names}
        for before, after in tabling.ordered({old: new.name for old, new in parts.items()}):
            parts[after] = parts.pop(before)
            yield constraints.rename(parts[after], before, after, change.engine)


def _change_columns(change: Change) -> Iterator[Step]:
    pairs = change.tables.pairs
    for pair in pairs:
        yield from purging.purge(pair, pairs, change.engine)
    stages = (
        columns.adding,
        partial(renaming, longer=False),
        columns.converting,
        partial(renaming, longer=True),
        columns.filling,
        columns.tightening,
    )
    for stage in stages:
        for pair in pairs:
            yield from stage(pair, change.engine)


def _drop_columns(change: Change) -> Iterator[Step]:
    for pair in change.tables.pairs:
        taken = {column.name for column in pair.new.columns}
        for column in pair.leaving:
            if column.name not in taken:
                yield columns.drop(pair.new, pair.old, column, change.engine)


def _drop_tables(change: Change) -> Iterator[Step]:
    names = {table.name for table in change.new}
    dropped = (table for table in change.tables.dropped if table.name not in names)
    moved = tuple(pointed(table, change.tables.renamed) for table in dropped)
    yield from tabling.drop(moved, change.new, change.engine)


def _create_tables(change: Change) -> Iterator[Step]:
    yield from tabling.create(change.tables.created, change.new, change.engine)


def _add_parts(change: Change) -> Iterator[Step]:
    for pair in change.tables.pairs:
        changed = change.parts[pair.new.name]
        for part in reversed(changed.added):
            yield from constraints.add(part, pair, changed, change.engine)


PHASES = (
    _drop_parts,
    _clear_names,
    _rename,
    _change_columns,
    _drop_columns,
    _drop_tables,
    _create_tables,
    _add_parts,
)
