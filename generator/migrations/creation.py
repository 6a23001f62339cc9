"""Tables -> the Alembic operations that create them, each after what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic.operations import ops

from generator.migrations.metadata import metadata, name_on_engine
from generator.spec.model import Engine
from generator.table import Table
from generator.table_order import creation_order, late_keys


def creation(
    tables: tuple[Table, ...], engine: Engine, others: tuple[Table, ...] = ()
) -> tuple[ops.MigrateOperation, ...]:
    """Create tables with their indexes, in the order of the spec as far as references let them be.

    Foreign keys that close a circle follow once both their tables exist; SQLite, which can't add
    one to a table, lets them refer to a table that comes later. `others` are there already.
    """
    names = {table.name for table in tables}
    described = metadata((*(one for one in others if one.name not in names), *tables), engine)
    ordered = creation_order(tables)
    late = frozenset(map(name_on_engine, late_keys(ordered) if engine != "sqlite" else ()))
    created = [op for table in ordered for op in _create(table, described, late)]
    added = [op for table in ordered for op in _add_keys(described.tables[table.name], late)]
    return (*created, *added)


def _create(
    table: Table, described: sa.MetaData, late: frozenset[str]
) -> Iterator[ops.MigrateOperation]:
    made = described.tables[table.name]
    create = ops.CreateTableOp.from_table(made)
    create.columns = [item for item in create.columns if not _is_late(item, late)]
    yield create
    indexes = {index.name: index for index in made.indexes}
    names = (*(item.name for item in table.uniques), *(item.name for item in table.indexes))
    for name in map(name_on_engine, names):
        if name in indexes:
            yield ops.CreateIndexOp.from_index(indexes[name])


def _add_keys(table: sa.Table, late: frozenset[str]) -> Iterator[ops.MigrateOperation]:
    keys = {key.name: key for key in table.foreign_key_constraints if _is_late(key, late)}
    for name in sorted(map(str, keys)):
        yield ops.CreateForeignKeyOp.from_constraint(keys[name])


def _is_late(item: sa.schema.SchemaItem, late: frozenset[str]) -> bool:
    return isinstance(item, sa.ForeignKeyConstraint) and item.name in late
