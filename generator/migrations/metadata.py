"""Tables -> SQLAlchemy's MetaData, in the plain types of one engine."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem, conv

from generator import naming
from generator.fieldtype import SqlType
from generator.fieldtypes import TYPES
from generator.migrations.checks import condition
from generator.migrations.dialects import dialect
from generator.spec.model import Engine, Field, OnDelete
from generator.table import Check, Column, ForeignKey, Index, Table, Unique
from generator.tables import IS_LIVE, LIVE, LIVE_VALUE, WORDS

ENCRYPTED = Field(name="encrypted", type="bytes", max_length=64 * 1024 * 1024)
"""What an encrypted field is stored as: bytes, of the longest value with all that is added."""

DIALECTS = "sqlalchemy.dialects"
ON_DELETE: dict[OnDelete, str | None] = {
    "restrict": None,
    "cascade": "CASCADE",
    "set_null": "SET NULL",
}
"""What the spec says to SQL's word; to restrict is what a foreign key does by itself."""

KEYS: dict[tuple[Engine, str], type[sa.types.TypeEngine[Any]]] = {
    ("sqlite", "bigint"): sa.Integer,
    ("mariadb", "uuid"): sa.Uuid,
}
"""Types of keys. SQLite counts up an INTEGER alone; MariaDB's own UUID has an order of its own, in
which those that are ordered by time stay so, and random ones don't."""


def metadata(tables: tuple[Table, ...], engine: Engine) -> sa.MetaData:
    """Describe the tables to SQLAlchemy, every constraint by its name on that engine."""
    described = sa.MetaData()
    for table in tables:
        made = sa.Table(table.name, described, *_items(table, engine), **_options(table, engine))
        for unique in table.uniques:
            if unique.live and engine != "mariadb":
                _add_live_index(made, unique, engine)
        for index in table.indexes:
            if engine == "postgresql" or not index.of_words:
                _add_index(made, index)
    return described


def name_on_engine(name: str) -> conv:
    """The name of a constraint as the database knows it: final, cut where it is too long."""
    return conv(naming.shortened(name))


def key_name(table: str, engine: Engine) -> conv:
    """The name of a table's primary key, cut where it is too long as SQLAlchemy itself cuts it.

    The models leave the naming of primary keys to their convention.
    """
    cut = dialect(engine).identifier_preparer.truncate_and_render_constraint_name
    return conv(cut(conv(f"pk_{table}"), _alembic_quote=False))


def column_type(column: Column, engine: Engine) -> sa.types.TypeEngine[Any]:
    """The type of a column; that of a key may be another one than that of other values."""
    is_key = column.primary_key or column.references is not None
    key = KEYS.get((engine, column.field.type)) if is_key else None
    return field_type(column.field, engine) if key is None else key()


def field_type(field: Field, engine: Engine) -> sa.types.TypeEngine[Any]:
    """The plain type of a field; a list is an array on PostgreSQL, JSON elsewhere."""
    if field == WORDS and engine == "postgresql":
        return postgresql.TSVECTOR()
    if field.encrypted:
        return _plain(TYPES["bytes"].sql(ENCRYPTED, engine))
    if field.is_list and engine != "postgresql":
        return _plain(TYPES["json"].sql(field, engine))
    item = _plain(TYPES[field.type].sql(field, engine))
    return sa.ARRAY(item, dimensions=1) if field.is_list else item


def _plain(sql_type: SqlType) -> sa.types.TypeEngine[Any]:
    module = sa if sql_type.dialect is None else import_module(f"{DIALECTS}.{sql_type.dialect}")
    made: sa.types.TypeEngine[Any] = getattr(module, sql_type.name)(**dict(sql_type.arguments))
    return made


def _options(table: Table, engine: Engine) -> dict[str, Any]:
    """SQLite gives the key of the last row to the next once it is gone, unless told otherwise."""
    return {"sqlite_autoincrement": True} if table.counts and engine == "sqlite" else {}


def _items(table: Table, engine: Engine) -> Iterator[SchemaItem]:
    for column in table.columns:
        yield sa.Column(column.name, column_type(column, engine), nullable=column.nullable)
    if table.counts_live and engine == "mariadb":
        yield live_column(engine)
    keys = [column.name for column in table.columns if column.primary_key]
    yield sa.PrimaryKeyConstraint(*keys, name=key_name(table.name, engine))
    for column in table.columns:
        if column.references is not None:
            yield _foreign_key(column.name, column.references)
    yield from _uniques(table, engine)
    yield from (_check(check, table, engine) for check in table.checks)


def live_column(engine: Engine) -> sa.Column[Any]:
    """What says of a row on MariaDB whether it is live."""
    computed = sa.Computed(LIVE_VALUE, persisted=False)
    return sa.Column(LIVE.name, field_type(LIVE, engine), computed)


def _foreign_key(column: str, key: ForeignKey) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{key.table}.{key.column}"],
        name=name_on_engine(key.name),
        ondelete=ON_DELETE[key.on_delete],
    )


def _uniques(table: Table, engine: Engine) -> Iterator[sa.UniqueConstraint]:
    """The unique constraints; what is unique among live rows alone is one on MariaDB only."""
    for unique in table.uniques:
        if not unique.live or engine == "mariadb":
            columns = (*unique.columns, *((LIVE.name,) if unique.live else ()))
            yield sa.UniqueConstraint(*columns, name=name_on_engine(unique.name))


def _check(check: Check, table: Table, engine: Engine) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition(check, table, engine), name=name_on_engine(check.name))


def _add_live_index(table: sa.Table, unique: Unique, engine: Engine) -> None:
    """A unique index over the live rows."""
    columns = (table.c[name] for name in unique.columns)
    where: dict[str, Any] = {f"{engine}_where": sa.text(IS_LIVE)}
    sa.Index(name_on_engine(unique.name), *columns, unique=True, **where)


def _add_index(table: sa.Table, index: Index) -> None:
    columns = ((table.c[name], descends) for name, descends in index.columns)
    options: dict[str, Any] = {"postgresql_using": "gin"} if index.of_words else {}
    sa.Index(
        name_on_engine(index.name),
        *(column.desc() if descends else column for column, descends in columns),
        **options,
    )
