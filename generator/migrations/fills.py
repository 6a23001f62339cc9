"""What a new column holds in rows that were there before it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa
from alembic.operations import ops

from generator.literals import py
from generator.migrations import rows
from generator.migrations.dialects import identifier
from generator.migrations.metadata import column_type
from generator.migrations.operations import CallOp, Operation, StatementOp
from generator.migrations.stored import stored
from generator.spec.model import Default, Engine
from generator.table import Column, Fill, SlugOf, Table, WordsOf

_BITS = "substr('89ab', 1 + {fraction}, 1)"
_UUID_SQLITE = " || ".join(
    (
        "lower(hex(randomblob(6)))",
        "'4'",
        "substr(lower(hex(randomblob(2))), 2)",
        _BITS.format(fraction="abs(random()) % 4"),
        "substr(lower(hex(randomblob(2))), 2)",
        "lower(hex(randomblob(6)))",
    )
)
_UUID_MARIADB = ", ".join(
    (
        "lower(hex(random_bytes(6)))",
        "'4'",
        "substr(lower(hex(random_bytes(2))), 2)",
        _BITS.format(fraction="floor(rand() * 4)"),
        "substr(lower(hex(random_bytes(2))), 2)",
        "lower(hex(random_bytes(6)))",
    )
)

WORDS: Mapping[tuple[Engine, str, str], str] = MappingProxyType(
    {
        ("sqlite", "now", "datetime"): "strftime('%Y-%m-%d %H:%M:%f000', 'now')",
        ("sqlite", "now", "time"): "strftime('%H:%M:%f000', 'now')",
        ("sqlite", "today", "date"): "date('now')",
        ("sqlite", "uuid", "uuid"): _UUID_SQLITE,
        ("postgresql", "now", "datetime"): "now()",
        ("postgresql", "now", "time"): "(now() AT TIME ZONE 'UTC')::time",
        ("postgresql", "today", "date"): "(now() AT TIME ZONE 'UTC')::date",
        ("postgresql", "uuid", "uuid"): "gen_random_uuid()",
        ("mariadb", "now", "datetime"): "utc_timestamp(6)",
        ("mariadb", "now", "time"): "utc_time(6)",
        ("mariadb", "today", "date"): "utc_date()",
        ("mariadb", "uuid", "uuid"): f"concat({_UUID_MARIADB})",
    }
)
"""Engine, special word of a default and type of the field to what says it in SQL."""


def expression(fill: Fill | None, column: Column, engine: Engine) -> str | None:
    """The SQL of what every row holds; None where only Python can tell, or nobody."""
    if not isinstance(fill, Default) or column.field.encrypted:
        return None
    if fill.kind == "value":
        return None if fill.value is None else stored(fill.value, column.field, engine)
    return WORDS[engine, fill.kind, column.field.type]


def is_constant(fill: Fill | None, engine: Engine) -> bool:
    """Whether it may be a default of the column for the moment: each row is given the same."""
    if engine == "sqlite" or not isinstance(fill, Default):
        return False
    return fill.kind == "value" or (engine == "postgresql" and fill.kind != "uuid")


def fill_rows(table: Table, column: Column, engine: Engine) -> tuple[Operation, ...]:
    """Give every row its value; none where nothing is known of it."""
    fill = column.fill
    if isinstance(fill, WordsOf):
        return (_words(table, fill, engine),)
    if isinstance(fill, SlugOf):
        return (_slugs(table, fill, column),)
    found = expression(fill, column, engine)
    if found is None:
        return ()
    own, name = identifier(table.name, engine), identifier(column.name, engine)
    text = "UPDATE {0} SET {1} = {2} WHERE {1} IS NULL"
    return (StatementOp(text.format(own, name, found), table.name),)


def _words(table: Table, fill: WordsOf, engine: Engine) -> Operation:
    kind = "postgresql.TSVECTOR()" if engine == "postgresql" else "sa.Text()"
    return CallOp(table.name, rows.fill_words, (py(table.name), py(fill.columns), kind))


def _slugs(table: Table, fill: SlugOf, column: Column) -> Operation:
    longest = column.field.max_length or 100
    words = (table.name, column.name, fill.column, longest)
    return CallOp(table.name, rows.fill_slugs, tuple(map(py, words)))


def is_known(column: Column) -> bool:
    """Whether rows that were there before the column can be given a value."""
    known = column.fill is not None and column.fill != Default(kind="value")
    return known and not column.field.encrypted


def added(
    table: Table, column: Column, engine: Engine
) -> tuple[tuple[Operation, ...], tuple[Operation, ...], tuple[Operation, ...]]:
    """Add a column, give the rows that are there their values, and let it be null no more."""
    kind = column_type(column, engine)
    nullable = sa.Column(column.name, kind, nullable=True)
    if column.nullable:
        return (ops.AddColumnOp(table.name, nullable),), (), ()
    if is_constant(column.fill, engine) and (value := expression(column.fill, column, engine)):
        filled = sa.Column(column.name, kind, server_default=sa.text(value), nullable=False)
        plain = ops.AlterColumnOp(
            table.name, column.name, existing_type=kind, modify_server_default=None
        )
        return (ops.AddColumnOp(table.name, filled), plain), (), ()
    made = fill_rows(table, column, engine)
    return (ops.AddColumnOp(table.name, nullable),), made, (required(table.name, column, engine),)


def required(table: str, column: Column, engine: Engine, nullable: bool = False) -> Operation:
    """Let a column be null no more; or again."""
    return ops.AlterColumnOp(
        table, column.name, existing_type=column_type(column, engine), modify_nullable=nullable
    )
