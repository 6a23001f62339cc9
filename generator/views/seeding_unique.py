"""Columns in which seeded rows have to differ, alone or together."""

from __future__ import annotations

from collections.abc import Container, Iterator

from generator.table import Column, Table
from generator.views.model_context import attribute_of
from generator.views.seeding_context import SeedContext

ENDLESS = frozenset(
    {"string", "text", "email", "url", "slug", "int", "bigint", "date", "datetime", "uuid"}
)
"""Types of which there are enough values for all rows."""

Columns = list[Column]


def is_single(table: Table, column: Column) -> bool:
    """Whether no two rows have the same in the column."""
    return any(unique.columns == (column.name,) for unique in table.uniques)


def refers(column: Column) -> bool:
    """Whether the column points at a row."""
    return column.references is not None


def late(context: SeedContext) -> dict[str, Column]:
    """The references that wait for other rows, by attribute."""
    left_out = {group[0].name for group in _unique_groups(context) if all(map(refers, group))}
    return {
        attribute_of(column): column
        for column in context.table.columns
        if column.references is not None and column.references.table not in context.before
        if column.nullable and column.name not in left_out
    }


def counted(context: SeedContext) -> frozenset[str]:
    """The columns in which no two rows have the same: those of constraints, and one of a group."""
    singles = {one.columns[0] for one in context.table.uniques if len(one.columns) == 1}
    for group in _at_once(context):
        chosen = _endless(group)
        apart = any(map(refers, group)) or singles & {one.name for one in group}
        singles |= {chosen} if chosen and not apart else set()
    return frozenset(singles)


def distinct(context: SeedContext, filled: Container[str]) -> Iterator[tuple[str, ...]]:
    """The attributes, of those that are filled, in which no two rows are alike together."""
    apart = counted(context)
    for column in context.table.columns:
        named = column.primary_key and column.field.type == "string"
        if (named or column.name in apart) and attribute_of(column) in filled:
            yield (attribute_of(column),)
    for group in _at_once(context):
        names = tuple(map(attribute_of, group))
        if not apart & {column.name for column in group} and all(one in filled for one in names):
            yield names


def _at_once(context: SeedContext) -> Iterator[Columns]:
    """The groups, as far as they are filled at once."""
    waiting = {column.name for column in late(context).values()}
    for group in _unique_groups(context):
        yield [column for column in group if column.name not in waiting]


def _unique_groups(context: SeedContext) -> Iterator[Columns]:
    """The columns that together are unique."""
    for unique in context.table.uniques:
        if len(unique.columns) > 1:
            yield [context.table.column(name) for name in unique.columns]


def _endless(group: Columns) -> str | None:
    """The first column that has enough values for all rows."""
    fitting = (one for one in group if one.field.type in ENDLESS and not one.field.is_list)
    return next((column.name for column in fitting), None)
