"""What becomes of each path of three trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.merge.files import merge_file
from generator.merge.model import Action, Change, Conflict, FileMerge, Merged, MergeFile
from generator.ownership import policy_of
from generator.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Three:
    """The texts that stand at one path; None where there is no file."""

    path: str
    base: str | None
    ours: str | None
    theirs: str | None
    moved_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What one path comes to: its text, or None where no file is to be."""

    text: str | None
    change: Change
    found: FileMerge = field(default_factory=lambda: FileMerge(text=""))


def merge(
    base: Tree,
    ours: Tree,
    theirs: Tree,
    *,
    file: MergeFile = merge_file,
    moves: Mapping[str, str] | None = None,
) -> Merged:
    """Carry a person's edits (`base` to `ours`) and the spec's (`base` to `theirs`) along.

    `moves` leads from the path of a renamed resource's file to its new one. Nothing that a person
    has edited is deleted or overwritten; a file that the person deleted stays deleted.
    """
    back = {new: old for old, new in (moves or {}).items() if new not in ours and old in base}
    gone = frozenset(back.values())
    paths = sorted({*base, *ours, *theirs} - gone)
    fates = [_fate(_three(path, back.get(path), (base, ours, theirs)), file) for path in paths]
    return Merged(
        tree=Tree((fate.change.path, fate.text) for fate in fates if fate.text is not None),
        changes=tuple(fate.change for fate in fates),
        conflicts=tuple(conflict for fate in fates for conflict in fate.found.conflicts),
        uses=tuple(use for fate in fates for use in fate.found.uses),
    )


def _three(path: str, moved_from: str | None, trees: tuple[Tree, Tree, Tree]) -> Three:
    base, ours, theirs = trees
    before = moved_from or path
    return Three(
        path=path,
        base=base.get(before),
        ours=ours.get(before),
        theirs=theirs.get(path),
        moved_from=moved_from,
    )


def _fate(three: Three, file: MergeFile) -> Fate:
    rules = ONCE if policy_of(three.path) == "once" else RULES
    for applies, fate in rules:
        if applies(three):
            return fate(three)
    return _merged(three, file)


def _merged(three: Three, file: MergeFile) -> Fate:
    found = file(three.path, three.base or "", three.ours or "", three.theirs or "")
    action: Action = "conflict" if found.conflicts else "merge"
    if found.text == three.ours and not found.conflicts:
        action = "unchanged"
    return Fate(text=found.text, change=_change(three, action), found=found)


def _change(three: Three, action: Action, note: str = "") -> Change:
    if three.moved_from and action == "unchanged":
        action = "update"
    return Change(path=three.path, action=action, note=note, moved_from=three.moved_from)


def _take(
    text: Callable[[Three], str | None], action: Action, note: str = ""
) -> Callable[[Three], Fate]:
    return lambda three: Fate(text=text(three), change=_change(three, action, note))


def _in_the_way(three: Three) -> Fate:
    """A file of the person's own where a new one should go: it stays as it is."""
    words = ("you made a file here", "service.yaml wants one of its own at this path")
    conflict = Conflict(path=three.path, ours=words[0], theirs=words[1])
    found = FileMerge(text=three.ours or "", conflicts=(conflict,))
    return Fate(text=three.ours, change=_change(three, "conflict"), found=found)


def _ours(three: Three) -> str | None:
    return three.ours


def _theirs(three: Three) -> str | None:
    return three.theirs


Rule = tuple[Callable[[Three], bool], Callable[[Three], Fate]]

RULES: tuple[Rule, ...] = (
    (lambda t: t.ours == t.theirs, _take(_ours, "unchanged")),
    (lambda t: t.theirs == t.base, _take(_ours, "unchanged")),
    (lambda t: t.ours is None and t.base is None, _take(_theirs, "create")),
    (lambda t: t.ours == t.base and t.theirs is None, _take(_theirs, "delete")),
    (lambda t: t.ours == t.base, _take(_theirs, "update")),
    (lambda t: t.base is None, _in_the_way),
    (lambda t: t.ours is None, _take(_ours, "keep", "you deleted it, and it stays deleted")),
    (lambda t: t.theirs is None, _take(_ours, "keep", "no longer generated; edited, it is yours")),
)
"""What holds of the three texts, in this order, and what follows. All else is merged."""

ONCE: tuple[Rule, ...] = (
    (lambda t: t.ours is None and t.base is None, _take(_theirs, "create")),
    (lambda _: True, _take(_ours, "unchanged")),
)
"""The same for what is seeded once, and the person's from then on."""
