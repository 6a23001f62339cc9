"""Checks between columns of a row, told by the values that were sent before the database is asked.

The database judges every row by them too: a change of one column by the row as it would become.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BinaryExpression, CheckConstraint, Column, Dialect, Table

from app.backends.base import names
from app.constraints import refuse
from app.errors import InvalidInputError


class Comparison(NamedTuple):
    """How two columns of a row have to compare."""

    left: Column[Any]
    right: Column[Any]
    holds: Any
    """The operator, which compares Python's values as well as SQL's columns."""
    detail: str

    def contradicted(self, values: Mapping[str, Any]) -> bool:
        """Whether both values are there, and don't compare so. Null compares with everything."""
        left, right = values.get(self.left.key), values.get(self.right.key)
        return left is not None and right is not None and not self.holds(left, right)


def compare(table: Table, values: Mapping[str, Any]) -> None:
    """Raise `InvalidInputError` where the values contradict a check of the table."""
    wrong = [one for one in comparisons(table) if one.contradicted(values)]
    found = [
        refuse(InvalidInputError, names([one.left, one.right]), "check", one.detail)
        for one in wrong
    ]
    if found:
        problems = [problem for error in found for problem in error.errors]
        raise InvalidInputError("The request is not valid.", problems)


def has_decimals(*_: object, dialect: Dialect, **__: object) -> bool:
    """Whether an engine compares decimals of unlike scale as it stores them.

    SQLite stores them in unlike units: its migrations say how they compare, `create_all` does not.
    """
    return dialect.name != "sqlite"


@cache
def comparisons(table: Table) -> tuple[Comparison, ...]:
    """The checks of a table that compare two of its columns, in the order of their names."""
    return tuple(_comparisons(table))


def _comparisons(table: Table) -> Iterator[Comparison]:
    for constraint in sorted(table.constraints, key=lambda one: str(one.name)):
        if isinstance(constraint, CheckConstraint) and "detail" in constraint.info:
            match constraint.sqltext:
                case BinaryExpression(
                    left=Column() as left, right=Column() as right, operator=holds
                ):
                    yield Comparison(left, right, holds, constraint.info["detail"])
