"""One file's three texts -> one text, by the best means there is for its kind."""

from __future__ import annotations

from generator.merge.markers import marked
from generator.merge.model import Conflict, FileMerge
from generator.merge.text import chunks


def merge_file(path: str, base: str, ours: str, theirs: str) -> FileMerge:
    """Merge by lines; where both sides changed the same ones, their texts stand between marks."""
    texts = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    lines: list[str] = []
    conflicts = []
    for chunk in chunks(*texts):
        if chunk.merged is None:
            words = ("changed these lines by hand", "changes them, too")
            conflict = Conflict(path=path, line=len(lines) + 1, ours=words[0], theirs=words[1])
            conflicts.append(conflict)
        lines += marked(chunk) if chunk.merged is None else chunk.merged
    return FileMerge(text="".join(lines), conflicts=tuple(conflicts))
