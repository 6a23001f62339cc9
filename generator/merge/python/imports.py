"""`from module import names`: the names are a set, whatever the lines look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from generator.merge.groups import Group
from generator.merge.python.names import aliases, bound_by
from generator.merge.python.nodes import ClashError, Nodes
from generator.merge.sides import Sides


def merged_import(
    group: Group[Any], nodes: Nodes, keep: frozenset[str], drop: frozenset[str]
) -> list[Any]:
    """Return the merged import, or nothing where no name is left. Raises ClashError."""
    sides = Sides(group.base, group.ours, group.theirs)
    chosen = nodes.chosen(sides)
    if chosen is not None and not (keep | drop):
        return [chosen[0]] if chosen[0] is not None else []
    names = sides.map(aliases)
    if any(side is None for side in names):
        raise ClashError
    return _with_names(sides, _needed(names, nodes.merged(names), keep, drop))  # type: ignore[arg-type]


def _needed(
    names: Sides[Sequence[cst.ImportAlias]],
    merged: Sequence[cst.ImportAlias],
    keep: frozenset[str],
    drop: frozenset[str],
) -> list[cst.ImportAlias]:
    """Return the names that stay: what is needed comes back, what is unused goes.

    Where every side has its names in order, so has the merge.
    """
    found = {bound_by(alias): alias for alias in merged}
    for side in names:
        for alias in side:
            if bound_by(alias) in keep:
                found.setdefault(bound_by(alias), alias)
    left = [alias for name, alias in found.items() if name not in drop]
    return sorted(left, key=_order) if all(map(_is_ordered, names)) else left


def _is_ordered(names: Sequence[cst.ImportAlias]) -> bool:
    orders = [_order(alias) for alias in names]
    return orders == sorted(orders)


def _order(alias: cst.ImportAlias) -> tuple[bool, bool, str]:
    """Where isort has a name by default: constants, classes, and all else."""
    name = alias.evaluated_name
    return not (name.isupper() and len(name) > 1), not name[:1].isupper(), name


def _with_names(sides: Sides[Any], names: Sequence[cst.ImportAlias]) -> list[Any]:
    if not names:
        return []
    present = [side for side in (sides.ours, sides.theirs, sides.base) if side is not None]
    wrapped = [side for side in present if side.body[0].lpar]
    statement = (wrapped or present)[0]
    imported = statement.body[0]
    changed = imported.with_changes(names=_separated(names, wrapped=bool(wrapped)))
    above = present[0].leading_lines
    return [statement.with_changes(body=[changed], leading_lines=above)]


def _separated(names: Sequence[cst.ImportAlias], *, wrapped: bool) -> list[cst.ImportAlias]:
    plain = [alias.with_changes(comma=cst.MaybeSentinel.DEFAULT) for alias in names]
    return list(names) if wrapped else plain
