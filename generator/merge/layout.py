"""Base and theirs, laid out as the person lays out the project now.

Who has changed the settings of the formatter and run it has changed every file; laid out alike,
none of that is a difference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cached_property

from generator.errors import ScaffoldError
from generator.merge.sides import Sides
from generator.tree import Tree

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
        return {**self._formatted(old), **self._formatted(new)}

    def _formatted(self, tree: Tree) -> dict[str, str]:
        """Format a tree; with settings that the formatter refuses, it stays as it is."""
        try:
            done = self._reformat(tree) if self._reformat and tree else tree
        except ScaffoldError:
            return {}
        return {tree[path]: done[path] for path in tree}


def _settings(tree: Tree) -> object:
    try:
        return tomllib.loads(tree.get(SETTINGS, "")).get("tool", {}).get("ruff")
    except tomllib.TOMLDecodeError:
        return None
