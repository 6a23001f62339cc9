"""Filters of lists: `?price__gte=10`, `?title__contains=moon`.

The schemas of the queries say which fields and operators there are; here is what they mean, and
what a parameter is of each type, whether a list has one yet or not.
"""

import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Column, ColumnElement, String, and_, bindparam, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.backends import BACKENDS
from app.pagination import Paging
from app.parts import WHOLE, Within
from app.schemas import spelled

Filter = Callable[[Column[Any], Any], ColumnElement[bool]]

TextParam = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=1000)]
Int16Param = Annotated[int, Field(ge=-(2**15), le=2**15 - 1), spelled(r"-?\d{1,5}", "42")]
Int32Param = Annotated[int, Field(ge=-(2**31), le=2**31 - 1), spelled(r"-?\d{1,10}", "42")]
Int64Param = Annotated[int, Field(ge=-(2**63), lt=2**63), spelled(r"-?\d{1,19}", "42")]
FloatParam = Annotated[float, Field(allow_inf_nan=False)]
BoolParam = Annotated[bool, spelled("true|false", "true")]


SIGMA, FINAL_SIGMA = "\u03c3", "\u03c2"
"""The two forms in lower case of one letter, the second at the end of a word."""


class folded(FunctionElement[str]):  # noqa: N801 (reads like SQL's own functions)
    """The text in lower case, for all of Unicode, with one sigma wherever it stands in a word."""

    inherit_cache = True
    type = String()


@compiles(folded)
def fold(element: folded, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    lower = BACKENDS[compiler.dialect.name].lower(text)
    return f"replace({lower}, '{FINAL_SIGMA}', '{SIGMA}')"


def contains(column: Column[Any], value: str) -> ColumnElement[bool]:
    """The value stands somewhere in the text, whatever its case."""
    wanted = value.lower().replace(FINAL_SIGMA, SIGMA)
    return folded(column).contains(wanted, autoescape=True)


def starts_with(column: Column[Any], value: str) -> ColumnElement[bool]:
    """The text begins with the value, to the letter."""
    # SQLite's LIKE takes a for A; that of the others finds it by the index.
    start = func.substr(column, 1, len(value), type_=String())
    return and_(column.startswith(value, autoescape=True), start == value)


@cache
def is_null(column: Column[Any], value: bool) -> ColumnElement[bool]:
    """There is no value, or there is one."""
    return column.is_(None) if value else column.is_not(None)


NO_FILTERS = frozenset({"q", "sort", *Paging.model_fields})
"""Parameters of every list; a field of such a name is filtered as `sort__eq`."""

COMPARISONS: Mapping[str, Filter] = {
    "eq": operator.eq,
    "ne": lambda column, value: column.is_distinct_from(value),
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
"""What needs the same statement for each value."""

OTHERS: Mapping[str, Filter] = {
    "in": lambda column, values: column.in_(values),
    "isnull": is_null,
    "contains": contains,
    "startswith": starts_with,
}


def part_asked_for(query: Paging, columns: Mapping[str, Column[Any]]) -> Within:
    """The part of a table that a query asks for, by the columns of these names."""
    fields = type(query).model_fields
    part = WHOLE
    for attribute in sorted(query.model_fields_set):
        name, _, word = (fields[attribute].alias or attribute).partition("__")
        if name in columns and (word or attribute not in NO_FILTERS):
            part &= filtered(
                columns[name], word or "eq", f"{attribute}_", getattr(query, attribute)
            )
    return part


def filtered(column: Column[Any], word: str, name: str, value: Any) -> Within:
    """The rows that one parameter leaves; `name` stands for its value."""
    if word in COMPARISONS:
        return Within((compared(column, word, name),), {name: value})
    return Within((OTHERS[word](column, value),), {})


@cache
def compared(column: Column[Any], word: str, name: str) -> ColumnElement[bool]:
    """The comparison of a column with the value of that name."""
    return COMPARISONS[word](column, bindparam(name))
