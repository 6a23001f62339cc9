"""What every line of a model is made from."""

from __future__ import annotations

from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import Engine, Field, Resource
from generator.table import (
    Column,
    Table,
)
from generator.tables import DELETED_AT, LIVE, VERSION, WORDS
from generator.views.case import CaseView
from generator.views.code import Code, Enums, literal

SQL = "sqlalchemy"


OURS = (DELETED_AT, LIVE, VERSION, WORDS)
"""Columns of our own: each an attribute that no name of a person's can meet."""

NO_ACTION = {"cascade": "CASCADE", "set_null": "SET NULL"}


@dataclass(frozen=True, slots=True)
class ModelContext:
    """What the lines of one model are made from."""

    engine: Engine
    resource: Resource
    table: Table
    resources: dict[str, Resource]
    enums: Enums
    links: dict[str, Table]
    late_keys: frozenset[str]
    """Foreign keys that close a circle of tables, by name."""
    case: CaseView


def attribute_of(column: Column) -> str:
    """The attribute of the model that carries a column."""
    own = next((field for field in OURS if field is column.field), None)
    return naming.attribute(column.key) if own is None else own_attribute(own)


def own_attribute(field: Field) -> str:
    """The attribute for a column of ours: `version_` for `_version`."""
    return f"{field.name.removeprefix('_')}_"


def model_name(resource: Resource) -> Name:
    """The model of a resource, and its module."""
    if resource.built_in:
        return Name("User", "app.auth.models")
    return Name(resource.class_name, f"app.resources.{naming.module(resource.plural)}.model")


def foreign_key(context: ModelContext, table: Table, column: Column) -> Code:
    """`ForeignKey(...)` of a column. Raises `ValueError` where it points nowhere."""
    key = column.references
    if key is None:
        raise ValueError(f"{column.name} points nowhere")
    target = literal(f"{key.table}.{key.column}")
    action = NO_ACTION.get(key.on_delete)
    ondelete = f', ondelete="{action}"' if action else ""
    late = ", use_alter=True" if key.name in context.late_keys else ""
    by_convention = key.name == f"fk_{table.name}_{column.name}"
    name = "" if by_convention else f", name={py(key.name)}"
    return Code(f"ForeignKey({target}{ondelete}{name}{late})", (Name("ForeignKey", SQL),))


def attribute(context: ModelContext, column: str) -> str:
    """The attribute of the column of that name."""
    return attribute_of(context.table.column(column))
