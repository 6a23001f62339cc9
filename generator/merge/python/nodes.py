"""One piece of code in three versions -> one, part by part.

Layout never conflicts: it is the person's wherever the code is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from generator.merge.groups import Group, groups
from generator.merge.pairs import Item
from generator.merge.python.keys import is_keyed, item_key, weak_item_key
from generator.merge.python.signatures import Signatures, names_of
from generator.merge.sides import Sides
from generator.merge.text import chunks

MergeBlock = Callable[[Sides[Any]], Sequence[cst.BaseStatement]]


class ClashError(Exception):
    """Both sides changed one part, each in another way."""


class Nodes:
    """Merges nodes; `block` merges the statements of a block, which may keep a conflict in it.

    `wanted` tells whether to go through the statement at hand even where one side alone changed it.
    """

    def __init__(
        self, signatures: Signatures, block: MergeBlock, wanted: Callable[[], bool]
    ) -> None:
        self._signatures = signatures
        self._block = block
        self._wanted = wanted

    def merged(self, sides: Sides[Any]) -> Any:
        """Return what a node, a sequence of nodes or a plain value becomes. Raises ClashError."""
        chosen = self.chosen(sides)
        if chosen is None or (_hold_statements(sides) and self._goes_in(sides)):
            return self._inside(sides)
        return chosen[0]

    def _goes_in(self, sides: Sides[Any]) -> bool:
        """Whether there is something to keep inside of what one side alone changed.

        It may be a wish, or the person's layout of what theirs left as it was.
        """
        return self._wanted() or (
            self._signatures.same(sides.base, sides.ours)
            and not self._signatures.same(sides.base, sides.theirs)
            and not sides.base.deep_equals(sides.ours)
        )

    def chosen(self, sides: Sides[Any]) -> tuple[Any] | None:
        """Return the side to take where one alone changed, or None."""
        base, ours, theirs = (self._signatures.of(side) for side in sides)
        if ours == base:
            return (sides.ours if theirs == base and not _is_moved(sides) else sides.theirs,)
        return (sides.ours,) if theirs in (base, ours) else None

    def _inside(self, sides: Sides[Any]) -> Any:
        if isinstance(sides.ours, (list, tuple)):
            return self._sequence(sides)
        kinds = {type(side) for side in sides}
        if len(kinds) > 1 or not isinstance(sides.ours, cst.CSTNode):
            raise ClashError
        if isinstance(sides.ours, cst.SimpleString):
            return _by_lines(sides)
        return self._fields(sides)

    def _fields(self, sides: Sides[cst.CSTNode]) -> cst.CSTNode:
        changes = {
            name: self._field(name, sides.map(lambda side, name=name: getattr(side, name)))  # type: ignore[misc]
            for name in names_of(type(sides.ours))
        }
        return sides.ours.with_changes(**changes)

    def _field(self, name: str, values: Sides[Any]) -> Any:
        if name == "body" and _all_of(values, cst.BaseStatement):
            return self._block(values)
        return self.comments(values) if _all_of(values, cst.EmptyLine) else self.merged(values)

    def comments(self, sides: Sides[Sequence[cst.EmptyLine]]) -> Sequence[cst.EmptyLine]:
        """Return the lines above a statement, merged as lines. Raises ClashError."""
        chosen = self.chosen(sides)
        if chosen is not None:
            return tuple(chosen[0])
        texts = sides.map(lambda lines: [self._signatures.of(line) for line in lines])
        every = {self._signatures.of(line): line for side in sides for line in side}
        return [every[text] for text in _settled(texts)]

    def _sequence(self, sides: Sides[Sequence[Any]]) -> Sequence[Any]:
        every = [item for side in sides for item in side]
        if every and all(isinstance(item, cst.CSTNode) and is_keyed(item) for item in every):
            items = [self._item(group) for group in self._groups(sides) if not self._gone(group)]
            return _with_commas(items, sides)
        if len({len(side) for side in sides}) > 1:
            raise ClashError
        return [self.merged(Sides(*each)) for each in zip(*sides, strict=True)]

    def _groups(self, sides: Sides[Sequence[cst.CSTNode]]) -> list[Group[cst.CSTNode]]:
        return groups(sides.map(lambda side: [self._as_item(node) for node in side]))

    def _as_item(self, node: cst.CSTNode) -> Item[cst.CSTNode]:
        exact = self._signatures.of(node)
        return Item(value=node, strong=item_key(node), weak=weak_item_key(node), exact=exact)

    def _gone(self, group: Group[cst.CSTNode]) -> bool:
        """Whether one side took an item away that the other left as it was."""
        return group.is_gone(self._signatures.same)

    def _item(self, group: Group[cst.CSTNode]) -> cst.CSTNode:
        base, ours, theirs = group.base, group.ours, group.theirs
        if base is None and (ours is None or theirs is None):
            return ours or theirs  # type: ignore[return-value]
        if ours is None or theirs is None:
            raise ClashError
        if base is None and not self._signatures.same(ours, theirs):
            raise ClashError
        return self.merged(Sides(base or ours, ours, theirs))  # type: ignore[no-any-return]


def _settled(texts: Sides[list[Any]]) -> list[Any]:
    """Merge by lines. Raises ClashError where that leaves a conflict."""
    found: list[Any] = []
    for chunk in chunks(texts.base, texts.ours, texts.theirs):
        if chunk.merged is None:
            raise ClashError
        found += chunk.merged
    return found


def _by_lines(sides: Sides[cst.SimpleString]) -> cst.SimpleString:
    """A long string, such as a docstring, is text."""
    texts = sides.map(lambda node: node.value.splitlines(keepends=True))
    return sides.ours.with_changes(value="".join(_settled(texts)))


def _is_moved(sides: Sides[Any]) -> bool:
    """Whether theirs alone has more or fewer blank lines above what is the same otherwise."""
    above = [len(getattr(side, "leading_lines", ())) for side in sides]
    return above[0] == above[1] != above[2]


_HOLDERS = (cst.Module, cst.ClassDef, cst.If, cst.IndentedBlock)


def _hold_statements(sides: Sides[Any]) -> bool:
    return all(isinstance(side, _HOLDERS) and type(side) is type(sides.ours) for side in sides)


def _all_of(values: Sides[Any], kind: type) -> bool:
    if not all(isinstance(side, (list, tuple)) for side in values):
        return False
    every = [node for side in values for node in side]
    return bool(every) and all(isinstance(node, kind) for node in every)


def _with_commas(items: list[Any], sides: Sides[Sequence[Any]]) -> list[Any]:
    """Give each item the comma of its new place, where it stood last before or does so now."""
    if not items or not hasattr(items[0], "comma"):
        return items
    inner, last = _commas(sides)
    was_last = {id(side[-1].comma) for side in sides if side}
    found = [
        item.with_changes(comma=inner) if id(item.comma) in was_last else item
        for item in items[:-1]
    ]
    end = items[-1]
    return [*found, end if id(end.comma) in was_last else end.with_changes(comma=last)]


def _commas(sides: Sides[Sequence[Any]]) -> tuple[Any, Any]:
    """Return the comma between two items, and the one behind the last, as ours or theirs has it."""
    present = [side for side in (sides.ours, sides.theirs, sides.base) if side]
    inner = (item.comma for side in present for item in side[:-1])
    return next(inner, cst.MaybeSentinel.DEFAULT), present[0][-1].comma
