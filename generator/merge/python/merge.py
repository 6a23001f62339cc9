"""A Python file's three texts -> one: by lines where that is right, else by structure."""

from __future__ import annotations

from generator.merge.model import Conflict, FileMerge
from generator.merge.python.gate import UNEVEN, UNPARSED, problems
from generator.merge.sides import Sides
from generator.merge.text import merged_text

TRIES = 8
"""How often a merge is mended before the whole file is left to the person."""


def merge_python(path: str, sides: Sides[str]) -> FileMerge | None:
    """Return the merge of a Python file, None where none passes the gate."""
    text = merged_text(sides)
    if text is not None and not problems(sides, text):
        return FileMerge(text=text)
    return _structured(path, sides)


def _structured(path: str, sides: Sides[str]) -> FileMerge | None:
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
            return _written(path, *found.marked())
        if {UNEVEN, UNPARSED}.intersection(wrong):
            return None
        before, wishes = wishes, wished(wishes, wrong, modules, text)
        if wishes == before:
            return _written(path, *found.marked()) if found.conflicts else None
    return None


def _written(path: str, text: list[str], places: list[tuple[int, tuple[str, str]]]) -> FileMerge:
    conflicts = (
        Conflict(path=path, line=line, ours=ours, theirs=theirs) for line, (ours, theirs) in places
    )
    return FileMerge(text="".join(text), conflicts=tuple(conflicts))
