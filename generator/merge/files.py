"""One file's three texts -> one, by the best means there is for its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from generator.merge.endings import as_in, lines, plain
from generator.merge.languages import LANGUAGES, Language
from generator.merge.layout import Layout, Reformat
from generator.merge.markers import marked
from generator.merge.model import Conflict, FileMerge, MergeFile
from generator.merge.renames import Renames, moves
from generator.merge.renaming import Renaming
from generator.merge.sides import Sides
from generator.merge.surroundings import Exports, Surroundings
from generator.merge.text import Chunk, chunks, joined
from generator.merge.uses import Uses
from generator.tree import Tree

T = TypeVar("T")
EMPTY = Tree()


def merger(
    base: Tree = EMPTY,
    ours: Tree = EMPTY,
    theirs: Tree = EMPTY,
    *,
    reformat: Reformat | None = None,
    renames: Renames = (),
) -> MergeFile:
    """Return what merges the files of one sync, one after the other.

    `reformat` lays out a tree by the present settings of `ours`; it is called where those differ
    from the settings of `base`, once for each side. `renames` are those of the spec since `base`.
    """
    moved = moves(base, theirs, renames)
    layout = Layout(Sides(base, ours, theirs), moved, reformat)
    renaming = Renaming(renames, theirs, moved)
    uses = Uses(renames, theirs)
    around = Surroundings(
        called=renaming.called_in if renames else None,
        exists=Exports(Sides(base, ours, theirs)).exists,
    )

    def file(path: str, base: str, ours: str, theirs: str) -> FileMerge:
        sides = Sides(layout.of(base), ours, layout.of(theirs)).map(plain)
        carried = _tried(lambda: renaming.carried(sides)) or sides
        found = _merged(path, carried, replace(around, written=sides.ours if renames else None))
        said = uses.merged(path, found.text, carried)
        return FileMerge(text=as_in(found.text, ours), conflicts=found.conflicts, uses=said)

    return file


def merge_file(path: str, base: str, ours: str, theirs: str) -> FileMerge:
    """Merge one file by itself: no settings of a formatter, no renames."""
    return merger()(path, base, ours, theirs)


def _merged(path: str, sides: Sides[str], around: Surroundings) -> FileMerge:
    """Merge by what the texts say; by lines where one of them is no text of its language."""
    language = next((known for known in LANGUAGES if path.endswith(known.suffixes)), None)
    if language is None or not all(_is_read(language, side) for side in sides):
        return _by_lines(path, sides)
    found = _tried(lambda: language.merge(path, sides, around))
    if found is None:
        found = _by_lines(path, sides)
        return found if found.conflicts else _whole(path, sides)
    return found


def _is_read(language: Language, text: str) -> bool:
    return _tried(lambda: language.reads(text)) is not None


def _tried(call: Callable[[], T]) -> T | None:
    try:
        return call()
    except Exception:
        return None


def _by_lines(path: str, sides: Sides[str]) -> FileMerge:
    """Merge by lines; where both sides changed the same ones, their texts stand between marks."""
    text: list[str] = []
    conflicts = []
    for chunk in chunks(*sides.map(lines)):
        merged = joined(chunk) if chunk.merged is None else chunk.merged
        if merged is None:
            conflicts.append(_conflict(path, len(text) + 1))
        text += marked(chunk) if merged is None else merged
    return FileMerge(text="".join(text), conflicts=tuple(conflicts))


def _whole(path: str, sides: Sides[str]) -> FileMerge:
    """Put all of it between marks: by lines it would merge, and be wrong."""
    text = marked(Chunk(*sides.map(lines)))
    return FileMerge(text="".join(text), conflicts=(_conflict(path, 1),))


def _conflict(path: str, line: int) -> Conflict:
    words = ("changed these lines", "changes them, too")
    return Conflict(path=path, line=line, ours=words[0], theirs=words[1])
