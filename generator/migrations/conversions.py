"""What becomes of the values of a column whose type changes: carried over, given up, or neither."""

from __future__ import annotations

from dataclasses import dataclass

from generator.fieldtypes import TYPES
from generator.migrations.dialects import identifier
from generator.migrations.metadata import column_type
from generator.migrations.operations import Operation
from generator.spec.model import Engine, Field
from generator.table import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The values stay, as far as the new type holds them."""

    before: tuple[Operation, ...] = ()
    """What is done to them while the column has its old type."""
    using: str | None = None
    """What PostgreSQL makes of each, where it wouldn't know by itself."""
    after: tuple[Operation, ...] = ()
    """What is done to them once it has its new one."""
    loses: str | None = None
    may_fail: str | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """No value of the one type is one of the other: the column is made anew."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """The values can be neither carried over nor given up."""

    message: str


Verdict = Carried | Lost | Impossible


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A column that changes its type; the table and the name are those at that time."""

    table: Table
    old: Column
    new: Column
    engine: Engine

    @property
    def said(self) -> str:
        """The column, for people."""
        return f"{self.table.name}.{self.new.name}"

    @property
    def column(self) -> str:
        """The column, for a statement."""
        return identifier(self.new.name, self.engine)

    @property
    def is_key(self) -> bool:
        """Whether rows are found by it, so that none of its values may become another."""
        return self.new.primary_key or self.new.references is not None

    @property
    def counts(self) -> bool:
        """Whether the database itself gives it its values."""
        return self.new.primary_key and self.table.counts


def kind(field: Field) -> str:
    """What a field's values are: its family, `list`, or `encrypted`, which nobody can look into."""
    if field.encrypted:
        return "encrypted"
    if field.is_list:
        return "list"
    if field.type in ("password", "enum"):
        return {"enum": "text"}.get(field.type, field.type)
    return TYPES[field.type].grammar.family


def same_type(old: Column, new: Column, engine: Engine) -> bool:
    """Whether an engine keeps both columns as the same type."""
    return repr(column_type(old, engine)) == repr(column_type(new, engine))


def typed(field: Field) -> str:
    """The type of a field as the language writes it."""
    word = field.enum or field.type
    arguments = {
        "decimal": f"({field.precision}, {field.scale})",
        "string": f"({field.max_length})",
    }.get(field.type, "")
    sealed = " encrypted" if field.encrypted else ""
    return f"{word}{arguments}{'[]' if field.is_list else ''}{sealed}"
