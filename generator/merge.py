"""Base, ours, theirs: what becomes of each file. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.tree import Tree

Action = Literal["create", "update", "merge", "conflict", "keep", "delete", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one path."""

    path: str
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The tree to write, what changes by it, and the paths that a person must settle."""

    tree: Tree
    changes: tuple[Change, ...]
    conflicts: tuple[str, ...] = ()


def merge(base: Tree, ours: Tree, theirs: Tree) -> Merged:
    """Carry a person's edits (`base` to `ours`) and ours (`base` to `theirs`) along.

    Where there is no base and nothing of a person's, all is theirs: a new project.
    """
    if base or ours:
        raise NotImplementedError("merging into a project comes with `sync`")
    return Merged(tree=theirs, changes=tuple(Change(path=path, action="create") for path in theirs))
