"""Hand edits, each anchored by name: where the name is, in whatever render, it can be made."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.tree import Tree

Do = Callable[[str, tuple[str, ...], int], str]
"""Makes the edit in a text: with the names that anchor it, and a number of its own."""
Pick = Callable[[str, random.Random], tuple[str, ...]]
"""Chooses anchors in a text. Raises LookupError where there are none."""
Near = Callable[[Tree, random.Random], tuple[str, ...]]
"""Chooses what else an edit speaks of, elsewhere in the project."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of edit: the paths that it is made in, and how."""

    name: str
    paths: str
    pick: Pick
    do: Do
    near: Near


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one file."""

    kind: Kind
    path: str
    anchors: tuple[str, ...]
    number: int

    def made(self, text: str) -> str:
        """The text with the edit. Raises LookupError where an anchor is gone."""
        return self.kind.do(text, self.anchors, self.number)

    def called(self, rename: Callable[[str], str]) -> Edit:
        """The same edit after a rename."""
        anchors = tuple(rename(anchor) for anchor in self.anchors)
        return replace(self, path=rename(self.path), anchors=anchors)


KINDS: dict[str, Kind] = {}


def no_anchor(_text: str, _chance: random.Random) -> tuple[str, ...]:
    """For edits that are made at the top, the end, or in the whole of a file."""
    return ()


def nothing(_tree: Tree, _chance: random.Random) -> tuple[str, ...]:
    """For edits that speak of nothing else."""
    return ()


def kind(paths: str, pick: Pick = no_anchor, near: Near = nothing) -> Callable[[Do], Do]:
    """Register a kind of edit by its function's name, for paths of a pattern."""

    def register(do: Do) -> Do:
        KINDS[do.__name__] = Kind(do.__name__, paths, pick, do, near)
        return do

    return register


def edit(tree: Tree, name: str, chance: random.Random, number: int) -> Edit | None:
    """An edit of a kind somewhere in a project, None where there is no place for it."""
    known = KINDS[name]
    paths = [path for path in tree if re.fullmatch(known.paths, path)]
    for path in chance.sample(paths, min(4, len(paths))):
        try:
            names = (*known.pick(tree[path], chance), *known.near(tree, chance))
            found = Edit(known, path, names, number)
            if found.made(tree[path]) != tree[path]:
                return found
        except (LookupError, SyntaxError):
            continue
    return None
