"""The constraints and indexes of a model that its columns can't say themselves."""

from __future__ import annotations

from collections.abc import Iterator

from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import Engine
from generator.table import (
    BoundCheck,
    Check,
    ColumnsCheck,
    Index,
    MembersCheck,
    Table,
    Unique,
)
from generator.tables import DELETED_AT, LIVE
from generator.views.code import Code, literal
from generator.views.model_context import ModelContext, attribute, own_attribute

SQL = "sqlalchemy"


OPERATORS = {"=": "==", "!=": "!="}
WORDS = {
    "<": "must be less than",
    "<=": "must be less than or equal to",
    ">": "must be greater than",
    ">=": "must be greater than or equal to",
    "=": "must be equal to",
    "!=": "must not be equal to",
}


def constraints(context: ModelContext) -> Iterator[Code]:
    """The items of `__table_args__`."""
    postgresql = context.engine == "postgresql"
    for unique in context.table.uniques:
        if unique.live:
            yield _live_unique(context, unique)
        elif not on_its_own(unique, unique.columns[0], context.table):
            yield _unique(context, unique)
    for check in context.table.checks:
        yield _check(context, check)
    for index in context.table.indexes:
        if not on_one(index, context.table) and (postgresql or not index.of_words):
            yield _index(context, index)


def by_convention(unique: Unique, table: Table) -> bool:
    """Whether the naming convention gives this very name: others end in eight digits of a hash."""
    return unique.name == "_".join(["uq", table.name, *unique.columns])


def on_its_own(unique: Unique, column: str, table: Table) -> bool:
    """Whether `unique=True` of a column makes this very constraint."""
    return unique.columns == (column,) and by_convention(unique, table) and not unique.live


def on_one(index: Index, table: Table) -> bool:
    """Whether `index=True` makes this very index."""
    column, descending = index.columns[0]
    alone = len(index.columns) == 1 and not descending
    return alone and not index.of_words and index.name == f"ix_{table.name}_{column}"


def _unique(context: ModelContext, unique: Unique) -> Code:
    columns = ", ".join(attribute(context, name) for name in unique.columns)
    named = by_convention(unique, context.table)
    name = "" if named else f", name={py(unique.name)}"
    return Code(f"UniqueConstraint({columns}{name})", (Name("UniqueConstraint", SQL),))


def _live_unique(context: ModelContext, unique: Unique) -> Code:
    """Unique among live rows: an index over these alone, where the engine has such."""
    columns = ", ".join(attribute(context, name) for name in unique.columns)
    if context.engine == "mariadb":
        text = f"UniqueConstraint({columns}, {own_attribute(LIVE)}, name={py(unique.name)})"
        return Code(text, (Name("UniqueConstraint", SQL),))
    live = f"{own_attribute(DELETED_AT)}.is_(None)"
    where = ", ".join(f"{engine}_where={live}" for engine in _engines(context))
    text = f"Index({py(unique.name)}, {columns}, unique=True, {where})"
    return Code(text, (Name("Index", SQL),))


def _engines(context: ModelContext) -> list[Engine]:
    """The engine of the project, and SQLite, on which its tests run too."""
    return ["sqlite"] if context.engine == "sqlite" else [context.engine, "sqlite"]


def _index(context: ModelContext, index: Index) -> Code:
    columns = ", ".join(
        attribute(context, name) + (".desc()" if descending else "")
        for name, descending in index.columns
    )
    text = f"Index({py(index.name)}, {columns})"
    if index.of_words:
        gin = f'Index({py(index.name)}, {columns}, postgresql_using="gin")'
        text = f'{gin}.ddl_if(dialect="postgresql")'
    return Code(text, (Name("Index", SQL),))


def _check(context: ModelContext, check: Check) -> Code:
    condition = _condition(context, check)
    prefix = f"ck_{context.table.name}_"
    names = [*condition.names, Name("CheckConstraint", SQL)]
    if check.name.startswith(prefix):
        name = py(check.name.removeprefix(prefix))
    else:
        name = f"conv({py(check.name)})"
        names.append(Name("conv", "sqlalchemy.schema"))
    about = _about(context, check)
    text = f"CheckConstraint({condition}, name={name}{about}"
    return Code(text, (*names, *about.names))


def _about(context: ModelContext, check: Check) -> Code:
    """What a comparison says of itself, and which engines can compare what they store."""
    if not isinstance(check, ColumnsCheck):
        return Code(")")
    left, right = map(context.table.column, (check.left, check.right))
    name = context.case.name
    detail = f"{name(left.key)} {WORDS[check.comparison]} {name(right.key)}"
    told = f", info={{'detail': {py(detail)}}})"
    formats = {(side.field.precision, side.field.scale) for side in (left, right)}
    if len(formats) == 1:
        return Code(told)
    return Code(f"{told}.ddl_if(callable_=has_decimals)", (Name("has_decimals", "app.checks"),))


def _condition(context: ModelContext, check: Check) -> Code:
    match check:
        case MembersCheck():
            return Code(f"{attribute(context, check.column)}.in_({check.enum.name})")
        case BoundCheck():
            bound = _bound(context, check)
            text = f"{attribute(context, check.column)} {check.comparison} {bound}"
            return Code(text, bound.names)
        case ColumnsCheck():
            word = OPERATORS.get(check.comparison, check.comparison)
            left, right = attribute(context, check.left), attribute(context, check.right)
            return Code(f"{left} {word} {right}")


def _bound(context: ModelContext, check: BoundCheck) -> Code:
    kind = context.table.column(check.column).field.type
    if kind == "decimal":
        return literal(check.bound)
    return Code(str(float(check.bound) if kind == "float" else check.bound))
