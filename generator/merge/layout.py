"""Base and theirs, laid out as the person lays out the project now.

Who has changed the settings of the formatter and run it has changed every file; laid out alike,
none of that is a difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from generator.errors import ScaffoldError
from generator.merge.model import Merged
from generator.merge.python.gate import parsed
from generator.merge.sides import Sides
from generator.tree import Tree

_SURROGATE = re.compile("[\ud800-\udfff]")
Reformat = Callable[[Tree], Tree]
SETTINGS = "pyproject.toml"


class Layout:
    """Formats what is about to be merged, all files in one go, when the first of them is asked for.

    Nothing is formatted where the person's settings are those of base.
    """

    def __init__(
        self, trees: Sides[Tree], moves: Mapping[str, str], reformat: Reformat | None
    ) -> None:
        self._trees = trees
        self._moves = moves
        self._reformat = reformat

    def of(self, text: str) -> str:
        """Return a text of base or theirs as the person's settings would have it."""
        return self._laid.get(text, text)

    @cached_property
    def _laid(self) -> Mapping[str, str]:
        base, ours, theirs = self._trees
        if self._reformat is None or _settings(base) == _settings(ours):
            return {}
        old = base.select(lambda path: path.endswith(".py") and ours.get(path) != base[path])
        after = {self._moves.get(path, path) for path in old}
        new = theirs.select(lambda path: path in after)
        done = [(tree, _done(tree, self._reformat)) for tree in (old, new)]
        return {before[path]: after[path] for before, after in done for path in before}


def laid_out(merged: Merged, ours: Tree, reformat: Reformat, base: Tree) -> Merged:
    """Return a merge with its Python laid out, as far as the person lays theirs out.

    Merged files are where the person's own were; new ones where the person's settings are others
    than those that the generator wrote them by.
    """
    actions = NEW | MIXED if _settings(base) != _settings(ours) else MIXED
    found = {change.path: change for change in merged.changes if change.action in actions}
    tree = merged.tree.select(lambda path: path in found and _is_python(path, merged.tree[path]))
    was = {path: ours.get(found[path].moved_from or path) for path in tree}
    before = Tree(
        {path: text for path, text in was.items() if text and found[path].action in MIXED}
    )
    tidy = {path for path, text in _done(before, reformat).items() if text == before[path]}
    wanted = tree.select(lambda path: found[path].action in NEW or path in tidy)
    return replace(merged, tree=merged.tree.with_files(_done(wanted, reformat)))


NEW = frozenset({"create", "update"})
MIXED = frozenset({"merge"})


def _is_python(path: str, text: str) -> bool:
    """Whether it is Python that can be written as UTF-8, and read again."""
    return path.endswith(".py") and not _SURROGATE.search(text) and parsed(text) is not None


def _done(tree: Tree, reformat: Reformat) -> Tree:
    """Format a tree; with settings that the formatter refuses, it stays as it is."""
    try:
        return reformat(tree) if tree else tree
    except ScaffoldError:
        return tree


def _settings(tree: Tree) -> object:
    try:
        return tomllib.loads(tree.get(SETTINGS, "")).get("tool", {}).get("ruff")
    except tomllib.TOMLDecodeError:
        return None
