"""The statements of a block, merged by what they are; a conflict stays within one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import libcst as cst

from generator.merge import law
from generator.merge.groups import Group, groups
from generator.merge.pairs import Item
from generator.merge.python.imports import merged_import
from generator.merge.python.intentions import intentions
from generator.merge.python.keys import (
    Key,
    statement_keys,
    weak_statement_key,
)
from generator.merge.python.names import bound, small_of
from generator.merge.python.nodes import ClashError, Nodes
from generator.merge.python.signatures import Signatures
from generator.merge.python.tokens import tokens
from generator.merge.sides import Sides

Path = tuple[Key, ...]
"""The keys of a statement and of those that it stands in."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a merge is to heed, as the gate found when it was tried without."""

    keep: frozenset[str] = frozenset()
    """Names that stay, though one side took them away: the other's code needs them."""
    drop: frozenset[str] = frozenset()
    """Imports that go, since nothing uses them."""
    marked: frozenset[Path] = frozenset()
    """Statements that are conflicts, whatever their merge would look like."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A statement that stands between marks: `place` is the one that holds its place."""

    place: str
    depth: int
    sides: Sides[cst.CSTNode | None]
    words: tuple[str, str]


@dataclass(slots=True)
class Blocks:
    """Merges blocks, and collects the clashes in them."""

    wishes: Wishes
    signatures: Signatures = field(default_factory=Signatures)
    clashes: list[Clash] = field(default_factory=list)
    kept: list[Sides[str]] = field(default_factory=list)
    """What stays by a wish, as the side that took it away would have it."""
    _path: Path = ()
    _within: tuple[type[cst.CSTNode], ...] = ()

    @property
    def nodes(self) -> Nodes:
        """The merge of a single node, which comes back here for the blocks in it."""
        return Nodes(self.signatures, self.merged, self._is_wanted)

    def _is_wanted(self) -> bool:
        """Whether a wish is about something in the statement at hand."""
        size = len(self._path)
        if any(path[:size] == self._path for path in self.wishes.marked):
            return True
        names = self.wishes.keep | self.wishes.drop
        return bool(names) and all(key[0] == "if" for key in self._path)

    def merged(self, sides: Sides[Sequence[Any]]) -> list[cst.BaseStatement]:
        """Return the statements of a merged block. Raises ClashError where order matters."""
        items = sides.map(self._items)
        found = groups(items)
        if cst.FunctionDef in self._within:
            _refuse_dead_code(found)
        keys = {id(item.value): item.strong for side in items for item in side}
        return [
            statement
            for group in found
            for statement in self._statement(group, keys[id(_any(group))])
        ]

    def _items(self, statements: Sequence[Any]) -> list[Item[Any]]:
        keys = statement_keys(statements)
        return [
            Item(
                value=statement,
                strong=key,
                weak=weak_statement_key(statement),
                exact=self.signatures.of(statement),
            )
            for statement, key in zip(statements, keys, strict=True)
        ]

    def _statement(self, group: Group[Any], key: Any) -> list[Any]:
        path = (*self._path, key or ("?",))
        if path in self.wishes.marked:
            return [self._clash(group)]
        if group.is_gone(self.signatures.same) and not _is_import(group):
            return self._kept(group)
        return self._present(group, path)

    def _present(self, group: Group[Any], path: Path) -> list[Any]:
        mark = len(self.clashes)
        try:
            if _is_import(group):
                return merged_import(group, self.nodes, self.wishes.keep, self.wishes.drop)
            return [self._inside(group, path)]
        except ClashError:
            del self.clashes[mark:]
            return [self._clash(group)]

    def _inside(self, group: Group[Any], path: Path) -> Any:
        base, ours, theirs = group.base, group.ours, group.theirs
        if base is None and (ours is None or theirs is None):
            return ours or theirs
        if ours is None or theirs is None:
            raise ClashError
        if base is None and not self.signatures.same(ours, theirs):
            raise ClashError
        return self._recursed(Sides(base or ours, ours, theirs), path)

    def _recursed(self, sides: Sides[Any], path: Path) -> Any:
        """Merge a statement's parts; what its tokens don't add up to is no merge of the three."""
        mark, before, within = len(self.clashes), self._path, self._within
        self._path, self._within = path, (*within, type(sides.ours))
        try:
            merged = self.nodes.merged(sides)
        finally:
            self._path, self._within = before, within
        whole = any(merged is side for side in sides) or len(self.clashes) > mark
        if not whole and not law.holds(tokens, sides.map(code_of), code_of(merged)):
            raise ClashError
        return merged

    def _kept(self, group: Group[Any]) -> list[Any]:
        """Keep what one side took away where the other needs its name."""
        left = _any(group)
        if self._path or not self.wishes.keep.intersection(bound(left)):
            return []
        code = code_of(left)
        self.kept.append(
            Sides("", *(code if s is None else "" for s in (group.ours, group.theirs)))
        )
        return [left]

    def _clash(self, group: Group[Any]) -> cst.SimpleStatementLine:
        place = f"__conflict_{len(self.clashes)}__"
        words = intentions(group.base, group.ours, group.theirs, self.signatures)
        sides = Sides(group.base, group.ours, group.theirs)
        depth = sum(kind is not cst.Module for kind in self._within)
        self.clashes.append(Clash(place=place, depth=depth, sides=sides, words=words))
        return cst.SimpleStatementLine(
            body=[cst.Expr(cst.Name(place))], leading_lines=_blank_lines(_any(group))
        )


def code_of(node: cst.CSTNode) -> str:
    """Return a statement's code as it is."""
    return cst.Module([]).code_for_node(node)


def _any(group: Group[Any]) -> Any:
    return group.ours or group.theirs or group.base


def _is_import(group: Group[Any]) -> bool:
    return any(small_of(side, cst.ImportFrom) for side in (group.base, group.ours, group.theirs))


def _blank_lines(statement: cst.CSTNode) -> list[cst.EmptyLine]:
    found: list[cst.EmptyLine] = []
    for line in getattr(statement, "leading_lines", ()):
        if line.comment:
            break
        found.append(line)
    return found


_LEAVES = (cst.Return, cst.Raise, cst.Continue, cst.Break)


def _refuse_dead_code(found: Sequence[Group[Any]]) -> None:
    """Refuse two additions at one place, which have no order, where one of them leaves."""
    for one, other in pairwise(found):
        added = one.base is None and other.base is None
        if (
            added
            and (one.ours is None) != (other.ours is None)
            and (_leaves(one) or _leaves(other))
        ):
            raise ClashError


def _leaves(group: Group[Any]) -> bool:
    return any(small_of(_any(group), kind) for kind in _LEAVES)
