"""Which rows could stop a new constraint."""

from __future__ import annotations

from generator.migrations.pairs import Pair
from generator.migrations.parts import Changed, Part
from generator.spec.model import Default
from generator.table import BoundCheck, Check, MembersCheck, Table

LOWER, UPPER = (">", ">="), ("<", "<=")


def failing(part: Part) -> str | None:
    """The rows that it would not hold for, in words; None for an index, which holds for all."""
    names = ", ".join(name for name in part.columns if name != "_live")
    rows = {
        "unique": f"rows of {part.table} that agree in {names}",
        "check": f"rows of {part.table} that the check of {names} refuses",
        "foreign key": f"rows of {part.table} whose {names} is no row of {part.target}",
    }
    return rows.get("unique" if part.is_unique else part.kind)


def may_fail(part: Part, pair: Pair, changed: Changed) -> bool:
    """Whether there can be such rows."""
    if part.meaning in changed.meanings:
        return False
    if {column.name for column in pair.added}.issuperset(part.columns):
        return part.is_unique and all(_is_shared(pair, name) for name in part.columns)
    if part.kind == "foreign key":
        return part.meaning[:3] not in {meaning[:3] for meaning in changed.meanings}
    return part.kind != "check" or not _is_looser(part.name, pair)


def _is_shared(pair: Pair, name: str) -> bool:
    """Whether the rows that are there are given one value of a new column."""
    column = next((one for one in pair.new.columns if one.name == name), None)
    fill = column.fill if column and not column.nullable else None
    return isinstance(fill, Default) and fill.kind != "uuid"


def _is_looser(name: str, pair: Pair) -> bool:
    """Whether every row has passed a check that asks at least as much."""
    after = next(check for check in pair.new.checks if check.name == name)
    if isinstance(after, MembersCheck):
        return members_stay(pair, after.column)
    return any(_implies(before, after) for before in pair.moved.checks)


def members_stay(pair: Pair, column: str) -> bool:
    """Whether each value of a column's enum is one of the new enum's, under its new name."""
    before, after = (_members(table, column) for table in (pair.moved, pair.new))
    names = pair.values.get(column, {})
    return bool(before) and after.issuperset(names.get(value, value) for value in before)


def _members(table: Table, column: str) -> set[str]:
    checks = (one for one in table.checks if isinstance(one, MembersCheck))
    return {member.value for one in checks if one.column == column for member in one.enum.members}


def _implies(before: Check, after: Check) -> bool:
    if isinstance(before, BoundCheck) and isinstance(after, BoundCheck):
        return before.column == after.column and _is_wider(before, after)
    return False


def _is_wider(before: BoundCheck, after: BoundCheck) -> bool:
    for side, sign in ((LOWER, 1), (UPPER, -1)):
        if before.comparison in side and after.comparison in side:
            inner, outer = sign * before.bound, sign * after.bound
            strict = len(after.comparison) < len(before.comparison)
            return inner > outer or (inner == outer and not strict)
    return False
