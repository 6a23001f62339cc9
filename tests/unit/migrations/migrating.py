"""A database with rows, brought from one page to another and back as a project would be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from migration_databases import empty_database, in_database, reflected
from migration_rows import inserts

from generator.generation import Design, designed, read
from generator.migrations.carrying import verdict
from generator.migrations.change import changes
from generator.migrations.following import revisions
from generator.migrations.pairs import Pair, paired
from generator.migrations.renames import Renames, renames
from generator.migrations.revision import initial_revision
from generator.migrations.step import Step
from generator.spec.members import renamed_members
from generator.spec.model import Engine
from generator.table import Table, WordsOf

TEMPLATE = "templates/features/database/sqlite/files/migrations/tables.py.jinja"
CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""What a project calls what has no name, or none that is final."""
METADATA = sa.MetaData(naming_convention=CONVENTION)
ROOT = Path(__file__).parents[3]
HEAD = "scaffold: 1\nservice: {name: shop}\n"
Row = dict[str, Any]
Contents = dict[str, list[Row]]


@cache
def design(page: str, engine: Engine) -> Design:
    """What a page means on an engine; where it has no head of its own, that of an open service."""
    if not page.startswith("scaffold"):
        page = f"{HEAD}auth: none\nresources:\n{page}"
    return designed(read(page.replace("\nservice:", f"\ndatabase: {engine}\nservice:", 1)))


@dataclass(frozen=True)
class Change:
    """What lies between two pages."""

    old: Design
    new: Design
    engine: Engine

    @property
    def renames(self) -> Renames:
        olds, news = ((*one.own, *one.spec.resources) for one in (self.old, self.new))
        values = renamed_members(self.old.spec.enums, self.new.spec.enums)
        return renames(tuple(olds), tuple(news), values)

    @property
    def steps(self) -> tuple[Step, ...]:
        return changes(self.old.tables, self.new.tables, self.renames, self.engine)

    @property
    def revisions(self) -> tuple[tuple[str, str], ...]:
        return revisions(self.steps, self.engine, "0001")

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return paired(self.old.tables, self.new.tables, self.renames).pairs


def change(old: str, new: str, engine: Engine) -> Change:
    return Change(design(old, engine), design(new, engine), engine)


def run(connection: sa.Connection, text: str, direction: str) -> None:
    """Run one revision as a project does: a transaction of its own, unless it leaves it."""
    if connection.dialect.name == "sqlite":
        whole_tables()
    module: dict[str, Any] = {}
    exec(compile(text, "revision.py", "exec"), module)
    options = {"transaction_per_migration": True, "target_metadata": METADATA}
    context = MigrationContext.configure(connection, opts=options)
    with context.begin_transaction(_per_migration=True), Operations.context(context):
        module[direction]()


@cache
def whole_tables() -> None:
    """Teach Alembic what a project on SQLite teaches it."""
    text = (ROOT / TEMPLATE).read_text(encoding="utf-8").split("#}\n", 1)[1]
    exec(compile(text, TEMPLATE, "exec"), {"__name__": "migrations.tables"})


def migrate(url: sa.URL, texts: Iterable[str], direction: str = "upgrade") -> None:
    for text in texts:
        in_database(url, lambda c, t=text: run(c, t, direction))  # type: ignore[misc]


def broken(connection: sa.Connection) -> Sequence[Any]:
    """References to rows that don't exist, which SQLite alone lets stand for a while."""
    if connection.dialect.name != "sqlite":
        return ()
    return connection.exec_driver_sql("PRAGMA foreign_key_check").all()


def schema(connection: sa.Connection) -> dict[str, Any]:
    """All that the database says of its tables, but the order of columns, which not all change."""
    found = reflected(connection)
    for table in found.values():
        table["columns"] = sorted(table["columns"])
    return {**found, "own words": sorted(OWN_WORDS[connection.dialect.name](connection))}


def _sqlite(connection: sa.Connection) -> Iterator[str]:
    rows = connection.exec_driver_sql("SELECT name, type, sql FROM sqlite_master")
    for name, kind, sql in rows:
        if kind == "index" and sql:
            yield sql.replace('"', "")
        elif "AUTOINCREMENT" in (sql or ""):
            yield f"{name} counts"


def _postgresql(connection: sa.Connection) -> Iterator[str]:
    for statement in POSTGRESQL:
        yield from map(str, connection.exec_driver_sql(statement))


POSTGRESQL = (
    "SELECT indexdef, indisvalid FROM pg_indexes JOIN pg_index "
    "ON indexrelid = quote_ident(indexname)::regclass WHERE schemaname = 'public'",
    "SELECT conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "SELECT sequencename, data_type::text FROM pg_sequences",
    "SELECT table_name, column_name, column_default FROM information_schema.columns "
    "WHERE table_schema = 'public'",
)


def _mariadb(connection: sa.Connection) -> Iterator[str]:
    for name in sa.inspect(connection).get_table_names():
        quoted = connection.dialect.identifier_preparer.quote(name)
        ((_, text),) = connection.exec_driver_sql(f"SHOW CREATE TABLE {quoted}")
        for line in re.sub(r" AUTO_INCREMENT=\d+", "", text).split("\n"):
            yield f"{name}: {line.rstrip(',')}"


OWN_WORDS: dict[str, Callable[[sa.Connection], Iterator[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mysql": _mariadb,
    "mariadb": _mariadb,
}


def fresh(found: Design, engine: Engine, folder: Path) -> dict[str, Any]:
    """The schema of a project that is made from the page at once."""
    with empty_database(engine, folder) as url:
        migrate(url, [initial_revision(found.tables, engine)[1]])
        return in_database(url, schema)


def contents(connection: sa.Connection, tables: Iterable[Table]) -> Contents:
    """Every row of the tables, as the driver gives it, in the order of the keys."""
    found = {}
    for table in tables:
        quote = connection.dialect.identifier_preparer.quote
        rows = connection.exec_driver_sql(f"SELECT * FROM {quote(table.name)}").mappings()
        found[table.name] = sorted(
            (dict(row) for row in rows), key=lambda row: str(_key(table, row))
        )
    return found


def _key(table: Table, row: Row) -> list[str]:
    keys = sorted(column.name for column in table.columns if column.primary_key)
    return [str(row.get(key, "")) for key in keys]


def kept(found: Contents, pair: Pair, engine: Engine, *, before: bool) -> list[Row]:
    """The values of the columns that stay as they are, under their new names."""
    rows = found[pair.old.name if before else pair.new.name]
    names = {
        old.name if before else new.name: new.name
        for old, moved, new in pair.kept
        if verdict(pair.new, moved, new, engine) is None and not isinstance(new.fill, WordsOf)
    }
    values = pair.values if before else {}
    return [
        {new: _renamed(row[name], values.get(new, {})) for name, new in names.items()}
        for row in rows
    ]


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    return names.get(value, value) if isinstance(value, str) else value


class Migrated:
    """A database that a change was made to."""

    def __init__(self, made: Change, url: sa.URL) -> None:
        self.change = made
        self.url = url
        self.before: Contents = {}
        self.texts = [text for _, text in made.revisions]

    def start(self, rows: int) -> None:
        """The old database, with so many rows in each table."""
        old, engine = self.change.old.tables, self.change.engine
        migrate(self.url, [initial_revision(old, engine)[1]])
        for statement in inserts(old, engine, rows):
            in_database(self.url, lambda c, s=statement: c.execute(sa.text(s)))  # type: ignore[misc]
        self.before = self.read(old)

    def read(self, tables: Iterable[Table]) -> Contents:
        return in_database(self.url, lambda c: contents(c, tables))

    def upgrade(self) -> None:
        migrate(self.url, self.texts)
        assert not in_database(self.url, broken)

    def downgrade(self) -> None:
        migrate(self.url, reversed(self.texts), "downgrade")

    def schema(self) -> dict[str, Any]:
        return in_database(self.url, schema)
