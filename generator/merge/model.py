"""What a merge answers with: a tree, what became of each path, and what a person must settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator.tree import Tree

Action = Literal["create", "update", "merge", "conflict", "keep", "delete", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one path; `moved_from` is where the file was before its resource's rename."""

    path: str
    action: Action
    note: str = ""
    """Why, where the action alone doesn't say it."""
    moved_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A place where a person and the generator wrote two different things.

    `line` counts from 1 in the merged file, at the first marker; None where the whole file is
    meant, and then the file on disk is as the person left it.
    """

    path: str
    line: int | None = None
    ours: str
    """What the person did there, in a few words."""
    theirs: str
    """What the spec wants there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A line of the person's own that still says a name which the spec has renamed."""

    path: str
    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMerge:
    """One file, merged; with conflicts, their markers stand in `text`."""

    text: str
    conflicts: tuple[Conflict, ...] = ()
    uses: tuple[Use, ...] = ()


MergeFile = Callable[[str, str, str, str], FileMerge]
"""Takes a path and the texts of base, ours and theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The tree to write, what changes by it, and what a person must settle."""

    tree: Tree
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...] = ()
    uses: tuple[Use, ...] = ()
