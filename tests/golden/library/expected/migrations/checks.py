"""Compares CHECK constraints by their conditions: Alembic itself compares their names alone.

A database rewrites a condition in its own words. What the models declare is therefore put into a
temporary table and read back, so that both sides are in the same words.
"""

from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import AddConstraintOp, DropConstraintOp, ModifyTableOps
from alembic.runtime.plugins import Plugin
from alembic.util import PriorityDispatchResult
from sqlalchemy import CheckConstraint, Column, Connection, MetaData, Table, inspect
from sqlalchemy.sql.naming import conv
from sqlalchemy.types import UserDefinedType

CHECK_CONDITIONS = "project.checks"
TEMPORARY = "checks_to_compare"

Conditions = dict[str, str]
"""The conditions of a table's CHECKs by their names, as SQL in which no colon starts a parameter."""


def compare_conditions(
    autogen: AutogenContext,
    changes: ModifyTableOps,
    _schema: str | None,
    _name: str,
    database_table: Table | None,
    model_table: Table | None,
) -> PriorityDispatchResult:
    """Drop what the model of a table no longer declares, and add what the database lacks."""
    if database_table is None or model_table is None or autogen.connection is None:
        return PriorityDispatchResult.CONTINUE
    stored = read_conditions(autogen.connection, model_table.name)
    declared = {name: sql(check, autogen) for name, check in named_checks(model_table).items()}
    equal = equal_names(autogen.connection, stored, declared, database_table, model_table)
    equal |= stored.keys() & names_alone(model_table)
    for name in sorted(stored.keys() - equal):
        old = constraint(name, stored[name], database_table)
        changes.ops.append(DropConstraintOp.from_constraint(old))
    for name in sorted(declared.keys() - equal):
        new = constraint(name, declared[name], database_table)
        changes.ops.append(AddConstraintOp.from_constraint(new))
    return PriorityDispatchResult.CONTINUE


def named_checks(table: Table) -> dict[str, CheckConstraint]:
    """The CHECKs of a table of the models by their names in the database."""
    checks = (item for item in table.constraints if isinstance(item, CheckConstraint))
    return {str(check.name): check for check in checks if check.name is not None}


def names_alone(table: Table) -> set[str]:
    """The CHECKs that `ddl_if` keeps from some engine, whose migrations say them in other words."""
    return {name for name, check in named_checks(table).items() if check._ddl_if is not None}


def sql(check: CheckConstraint, autogen: AutogenContext) -> str:
    """The condition of a CHECK as `text` takes it: no colon starts a parameter.

    Drivers that mark parameters by a percent sign have it doubled; `text` doubles it itself.
    """
    printed = autogen.migration_context.impl.render_ddl_sql_expr(check.sqltext)
    if autogen.migration_context.dialect.paramstyle in {"format", "pyformat"}:
        printed = printed.replace("%%", "%")
    return printed.replace(":", "\\:")


def constraint(name: str, condition: str, table: Table) -> CheckConstraint:
    """A CHECK for a revision: Alembic takes a backslash from each colon when it prints one."""
    return CheckConstraint(condition.replace("\\:", "\\\\:"), name=conv(name), table=table)


def equal_names(
    connection: Connection,
    stored: Conditions,
    declared: Conditions,
    database_table: Table,
    model_table: Table,
) -> set[str]:
    """The names of the CHECKs whose conditions are the same in the database and in the models.

    PostgreSQL rewrites a condition again when the type of its column changes: where the two seem
    to differ, both are rewritten once more.
    """
    declared = rewritten(connection, model_table, declared)
    if declared != stored:
        declared = rewritten(connection, model_table, declared)
        stored = rewritten(connection, database_table, stored)
        stored = rewritten(connection, database_table, stored)
    return {name for name in stored.keys() & declared.keys() if stored[name] == declared[name]}


class AsPrinted(UserDefinedType[object]):
    """A type by its SQL alone: an Enum of SQLAlchemy's brings a CHECK of its own along."""

    cache_ok = True

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def get_col_spec(self, **_options: object) -> str:
        return self.sql


def rewritten(connection: Connection, table: Table, conditions: Conditions) -> Conditions:
    """The conditions on columns like those of the table, in the words of the database."""
    copy = Table(TEMPORARY, MetaData(), prefixes=["TEMPORARY"])
    for column in table.columns:
        copy.append_column(Column(column.name, AsPrinted(column.type.compile(connection.dialect))))
    for name, condition in conditions.items():
        copy.append_constraint(CheckConstraint(condition, name=conv(name)))
    copy.create(connection)
    try:
        return read_conditions(connection, TEMPORARY)
    finally:
        copy.drop(connection)


def read_conditions(connection: Connection, table: str) -> Conditions:
    """The conditions of a table's named CHECKs, in the words of the database."""
    checks = inspect(connection).get_check_constraints(table)
    return {str(one["name"]): one["sqltext"].replace(":", "\\:") for one in checks if one["name"]}


Plugin(CHECK_CONDITIONS).add_autogenerate_comparator(compare_conditions, "table", "conditions")
