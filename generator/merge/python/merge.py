"""A Python file's three texts -> one: by lines where that is right, else by structure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.merge.model import Conflict, FileMerge
from generator.merge.python.gate import UNEVEN, UNPARSED, Problem, problems
from generator.merge.python.variables import with_names
from generator.merge.sides import Sides
from generator.merge.text import merged_text

if TYPE_CHECKING:  # LibCST takes a while to load
    from generator.merge.python.drafts import Draft

TRIES = 8
"""How often a merge is mended before the whole file is left to the person."""

Called = Callable[[str], str | None]
"""Tells what a name that exists no more is called now; None for every other name."""


def _nothing(_name: str) -> None:
    return None


def merge_python(path: str, sides: Sides[str], called: Called = _nothing) -> FileMerge | None:
    """Return the merge of a Python file, None where none passes the gate.

    What the person wrote is renamed where a name would be undefined by a rename alone.
    """
    text = merged_text(sides)
    wrong = (UNPARSED,) if text is None else problems(sides, text)
    if text is not None and not wrong:
        return FileMerge(text=text)
    mended = _renamed(sides, wrong, called)
    if mended != sides:
        return merge_python(path, mended, called)
    return _structured(path, sides, called)


def _renamed(sides: Sides[str], wrong: Iterable[Problem], called: Called) -> Sides[str]:
    undefined = {problem.name for problem in wrong if problem.kind == "UndefinedName"}
    names = {old: new for old in undefined if (new := called(old))}
    return replace(sides, ours=with_names(sides.ours, names)) if names else sides


def _structured(path: str, sides: Sides[str], called: Called) -> FileMerge | None:
    import libcst as cst  # noqa: PLC0415 - a sync whose edits merge by lines does without

    from generator.merge.python.blocks import Wishes  # noqa: PLC0415 - as above
    from generator.merge.python.drafts import draft  # noqa: PLC0415 - as above
    from generator.merge.python.repairs import wished  # noqa: PLC0415 - as above

    modules = sides.map(cst.parse_module)
    wishes = Wishes()
    for _ in range(TRIES):
        found = draft(modules, wishes)
        text = found.with_ours()
        wrong = problems(sides, text, found.between())
        if not wrong:
            return _written(path, found)
        mended = _renamed(sides, wrong, called)
        if mended != sides:
            return _structured(path, mended, called)
        if {UNEVEN, UNPARSED}.intersection(wrong):
            return None
        before, wishes = wishes, wished(wishes, wrong, modules, text)
        if wishes == before:
            return _written(path, found) if found.conflicts else None
    return None


def _written(path: str, found: Draft) -> FileMerge:
    text, places = found.marked()
    conflicts = (
        Conflict(path=path, line=line, ours=ours, theirs=theirs) for line, (ours, theirs) in places
    )
    return FileMerge(text="".join(text), conflicts=tuple(conflicts))
