"""A Python file's three texts -> one: by lines where that is right, else by structure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.merge.model import Conflict, FileMerge
from generator.merge.python.gate import UNEVEN, UNPARSED, Parts, Problem, gone, problems, undefined
from generator.merge.python.shared import Shared, apart
from generator.merge.python.variables import with_names
from generator.merge.sides import Sides
from generator.merge.surroundings import Surroundings
from generator.merge.text import merged_text

if TYPE_CHECKING:  # LibCST takes a while to load
    from generator.merge.python.drafts import Draft

TRIES = 8
"""How often a merge is mended before the whole file is left to the person."""

ALONE = Surroundings()


def merge_python(path: str, sides: Sides[str], around: Surroundings = ALONE) -> FileMerge | None:
    """Return the merge of a Python file, None where none passes the gate.

    What the person wrote is renamed where a name would be undefined by a rename alone.
    """
    text = merged_text(sides)
    if text is None:
        return _structured(path, sides, around)
    mended = _renamed(sides, text, around)
    if mended != sides:
        return merge_python(path, mended, around)
    wrong = _wrong(sides, text, around)
    return _structured(path, sides, around) if wrong else FileMerge(text=text)


def _wrong(
    sides: Sides[str],
    text: str,
    around: Surroundings,
    marked: Iterable[Sides[str]] = (),
    kept: Iterable[Sides[str]] = (),
) -> tuple[Problem, ...]:
    found = problems(sides, text, Parts(marked, kept), around.written)
    return (*found, *gone(text, around.exists))


def _renamed(sides: Sides[str], text: str, around: Surroundings) -> Sides[str]:
    if around.called is None:
        return sides
    names = {
        where: new for where in undefined(text) if (new := around.called(sides.theirs, where[0]))
    }
    return replace(sides, ours=with_names(sides.ours, names)) if names else sides


def _structured(
    path: str, sides: Sides[str], around: Surroundings, *, whole: bool = False
) -> FileMerge | None:
    """Merge by structure, `whole` with what all sides have alike, which may be marked then."""
    import libcst as cst  # noqa: PLC0415 - a sync whose edits merge by lines does without

    from generator.merge.python.blocks import Wishes  # noqa: PLC0415 - as above
    from generator.merge.python.drafts import draft  # noqa: PLC0415 - as above
    from generator.merge.python.repairs import wished  # noqa: PLC0415 - as above

    shared = Shared(sides, {}) if whole else apart(sides)
    modules = shared.sides.map(cst.parse_module)
    wishes = Wishes()
    for _ in range(TRIES):
        found = draft(modules, wishes).with_lines(shared.restored)
        text = found.with_ours()
        mended = _renamed(sides, text, around)
        if mended != sides:
            return _structured(path, mended, around)
        wrong = _wrong(sides, text, around, found.between(), found.kept)
        if not wrong:
            return _written(path, found)
        if {UNEVEN, UNPARSED}.intersection(wrong):
            return None
        before, wishes = wishes, wished(wishes, wrong, modules, text)
        if wishes.marked and not whole:
            return _structured(path, sides, around, whole=True)
        if wishes == before:
            return _written(path, found) if found.conflicts else None
    return None


def _written(path: str, found: Draft) -> FileMerge:
    text, places = found.marked()
    conflicts = (
        Conflict(path=path, line=line, ours=ours, theirs=theirs) for line, (ours, theirs) in places
    )
    return FileMerge(text="".join(text), conflicts=tuple(conflicts))
