"""What becomes of the constraints and indexes of each table, and which of them are in the way.

MariaDB changes no type of a column that a foreign key holds, and drops no index that one needs:
such a key goes first, and comes back at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from generator.migrations.carrying import verdict
from generator.migrations.constraints import can_rename
from generator.migrations.conversions import Lost, same_type
from generator.migrations.metadata import metadata
from generator.migrations.pairs import Tables
from generator.migrations.parts import Changed, Part, compared, parts
from generator.spec.model import Engine
from generator.table import Table

Columns = frozenset[tuple[str, str]]
"""Old names of tables, and of columns in them."""
Three = tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]]
"""The parts of a table as they were, the same under the new names, and as they are to be."""

INDEXED = ("primary key", "unique", "index")


def compared_parts(
    tables: Tables, old: tuple[Table, ...], new: tuple[Table, ...], engine: Engine
) -> dict[str, Changed]:
    """What becomes of the parts of each table that stays, by its new name."""
    replaced = frozenset(_replaced(tables, engine))
    converted = frozenset(_converted(tables, engine)) if engine == "mariadb" else frozenset()
    before, after = metadata(old, engine), metadata(new, engine)
    taken = {part.name for table in before.tables.values() for part in parts(table, engine)}
    moved = metadata(tuple(pair.moved for pair in tables.pairs), engine)
    return {
        pair.new.name: _changed(
            (
                parts(before.tables[pair.old.name], engine),
                parts(moved.tables[pair.new.name], engine),
                parts(after.tables[pair.new.name], engine),
            ),
            lambda part: _holds(part, converted) or not replaced.isdisjoint(part.places),
            taken,
            engine,
        )
        for pair in tables.pairs
    }


def _converted(tables: Tables, engine: Engine) -> Iterator[tuple[str, str]]:
    for pair in tables.pairs:
        for old, _, new in pair.kept:
            if not same_type(old, new, engine):
                yield pair.old.name, old.name


def _replaced(tables: Tables, engine: Engine) -> Iterator[tuple[str, str]]:
    """Columns that are dropped and made anew, and take along whatever is of them."""
    for pair in tables.pairs:
        for old, moved, new in pair.kept:
            if verdict(pair.new, moved, new, engine) == Lost():
                yield pair.old.name, old.name


def _changed(
    three: Three, in_the_way: Callable[[Part], bool], taken: set[str], engine: Engine
) -> Changed:
    def stays_put(part: Part) -> bool:
        return can_rename(part, engine) and (engine == "postgresql" or part.name not in taken)

    first = compared(*three, in_the_way, stays_put)
    if engine != "mariadb":
        return first
    freed = {part.columns[0] for part in first.dropped if part.kind in INDEXED}
    return compared(*three, lambda part: in_the_way(part) or _needs(part, freed), stays_put)


def _holds(part: Part, converted: Columns) -> bool:
    """Whether it is a foreign key from or to a column that changes its type."""
    if not isinstance(part.item, sa.ForeignKeyConstraint):
        return False
    keys, ends = part.item.elements, set(part.places)
    ends |= {(str(part.target), key.target_fullname.rpartition(".")[2]) for key in keys}
    return not converted.isdisjoint(ends)


def _needs(part: Part, freed: set[str]) -> bool:
    """Whether it is a foreign key that may need an index which goes."""
    return part.kind == "foreign key" and part.columns[0] in freed
