"""Parts of a table: what holds of the rows of a list, and the values that this takes.

A condition is built once and is the same object from then on; the values come beside it, by name.
So a statement of such conditions can be built once as well. Names end with an underscore, as none
does that SQLAlchemy gives.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, bindparam

Conditions = tuple[ColumnElement[bool], ...]
"""What holds of a row, all of it."""

REMEMBERED = 500
"""How many statements of one kind are kept; past that the one unused for longest is forgotten."""


class Within(NamedTuple):
    """The part of a table that a list shows."""

    conditions: Conditions
    values: Mapping[str, Any]

    def __and__(self, other: "Within") -> "Within":
        """What is in both parts."""
        return Within(self.conditions + other.conditions, {**self.values, **other.values})


WHOLE = Within((), {})
"""Every row."""


def having(column: Column[Any], value: object, name: str | None = None) -> Within:
    """The rows with this value in a column.

    `name` stands for the value, and has to be another for each condition of one statement.
    """
    name = name or f"_{column.key}_"  # no parameter of a query begins like that
    return Within((equality(column, name),), {name: value})


@cache
def equality(column: Column[Any], name: str) -> ColumnElement[bool]:
    """The column has the value of that name."""
    return column == bindparam(name)
