"""Tables that are made anew, since SQLite can't alter them: with all that they had.

Alembic makes what SQLAlchemy has read. It reads neither the order of an index, nor an expression in
one, nor triggers, nor that keys are counted up; and it takes a colon in a CHECK for a parameter.
"""

from collections.abc import Sequence
from typing import Any

from alembic.ddl.sqlite import SQLiteImpl
from alembic.operations.batch import ApplyBatchImpl
from sqlalchemy import (
    CheckConstraint,
    Connection,
    Date,
    DateTime,
    Row,
    Table,
    Time,
    inspect,
    literal_column,
)
from sqlalchemy.schema import CreateIndex

TEMPORARY = "_alembic_tmp_"
"""What the new table is called until the old one is gone."""

STATEMENTS = "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
LAST_KEY = "SELECT seq FROM sqlite_sequence WHERE name = ?"


class WholeTables(SQLiteImpl):
    """How Alembic alters the tables of SQLite; to define the class is to put it to use."""

    __dialect__ = "sqlite"
    last_key: Sequence[Row[Any]] = ()
    unread: Sequence[str] = ()

    def prep_table_for_batch(self, batch_impl: ApplyBatchImpl, table: Table) -> None:
        """Look at what the old table has, just before the new one is made."""
        statements = {row.name: row.sql for row in self.ask(STATEMENTS, table.name)}
        is_counted = "AUTOINCREMENT" in statements.pop(table.name)
        self.last_key = self.ask(LAST_KEY, table.name) if is_counted else ()
        self.unread = take_unread(statements, batch_impl, table)
        if batch_impl.new_table is not None and self.connection is not None:
            batch_impl.new_table.dialect_options["sqlite"]["autoincrement"] = is_counted
            keep_checks(batch_impl.new_table, table, self.connection)

    def rename_table(self, old_table_name: str, new_table_name: str, schema: Any = None) -> None:
        """Rename a table; one that has just been made anew gets back what it had."""
        super().rename_table(old_table_name, new_table_name, schema)
        if old_table_name.startswith(TEMPORARY):
            for row in self.last_key:
                self.ask("DELETE FROM sqlite_sequence WHERE name = ?", new_table_name)
                self.ask("INSERT INTO sqlite_sequence VALUES (?, ?)", new_table_name, row.seq)
            for statement in self.unread:
                self.ask(statement)

    def cast_for_batch_migrate(self, existing: Any, existing_transfer: Any, new_type: Any) -> None:
        """Leave dates and times the texts that they are: to SQLite their types are numbers."""
        if not isinstance(new_type, Date | DateTime | Time):
            super().cast_for_batch_migrate(existing, existing_transfer, new_type)

    def ask(self, statement: str, *values: object) -> Sequence[Row[Any]]:
        """Every row that a statement answers."""
        if self.connection is None:
            return ()
        result = self.connection.exec_driver_sql(statement, values)
        return result.all() if result.returns_rows else ()


def take_unread(
    statements: dict[str, str], batch_impl: ApplyBatchImpl, table: Table
) -> Sequence[str]:
    """The indexes and triggers that Alembic would make otherwise, or not at all."""
    dialect = batch_impl.impl.dialect
    read = {
        str(index.name): str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes
    }
    given_up = read.keys() - batch_impl.indexes.keys()
    kept = {
        name: statement
        for name, statement in statements.items()
        if name not in given_up and statement != read.get(name)
    }
    for name in kept:
        batch_impl.indexes.pop(name, None)
    return tuple(kept.values())


def keep_checks(new: Table, old: Table, connection: Connection) -> None:
    """Put the very text of each CHECK that was there into the new table."""
    found = inspect(connection).get_check_constraints(old.name)
    texts = {check["name"]: check["sqltext"] for check in found}
    read = checks(old)
    for name, check in checks(new).items():
        if name in read and str(read[name].sqltext) == str(check.sqltext):
            check.sqltext = literal_column(texts[name])


def checks(table: Table) -> dict[str, CheckConstraint]:
    """The CHECKs of a table by name."""
    found = (item for item in table.constraints if isinstance(item, CheckConstraint))
    return {str(check.name): check for check in found}
