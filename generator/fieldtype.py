"""What one row of the table of field types says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.spec.grammar import TypeGrammar
from generator.spec.model import Engine, Field

Operator = Literal["eq", "ne", "lt", "lte", "gt", "gte", "in", "isnull", "contains", "startswith"]


EQUALITY: tuple[Operator, ...] = ("eq", "ne", "in")


ORDER: tuple[Operator, ...] = ("lt", "lte", "gt", "gte")


TEXT: tuple[Operator, ...] = ("contains", "startswith")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that generated Python uses, and the module it is imported from (none: a builtin)."""

    name: str
    module: str = ""


@dataclass(frozen=True, slots=True)
class SqlType:
    """A SQLAlchemy type as data: `getattr(sqlalchemy, name)(**arguments)`.

    `dialect` names the module of `sqlalchemy.dialects` that has the type, where one engine alone
    does.
    """

    name: str
    arguments: tuple[tuple[str, object], ...] = ()
    dialect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """One row. The callables take the field, since lengths and precision shape the type.

    `python` is the type of a stored value, `column` the type in the model, `column_on` that on an
    engine which needs another, `accepted` and `returned` the annotations in the request and
    response schemas, `parameter` the annotation of a query parameter, `operators` the filters that
    make sense.
    """

    grammar: TypeGrammar
    python: Name
    column: Name
    column_on: Mapping[Engine, Name] = field(default_factory=dict)
    column_arguments: Callable[[Field], tuple[object, ...]] = lambda _: ()
    sql: Callable[[Field, Engine], SqlType]
    accepted: Name
    returned: Name
    parameter: Name
    operators: tuple[Operator, ...] = EQUALITY
    sortable: bool = True

    @property
    def listed(self) -> Name:
        """The type of an element, for what writes and reads a list as JSON."""
        return self.returned if self.python.name == "bytes" else self.python
