"""Three texts, line by line: diff3, after Khanna, Kunal and Pierce, 'A Formal Investigation of
Diff3' (2007)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.merge.alignment import blocks, gaps
from generator.merge.endings import lines
from generator.merge.sides import Sides

Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the three texts; one that both sides left as it was is the same in all."""

    base: Lines
    ours: Lines
    theirs: Lines

    @property
    def merged(self) -> Lines | None:
        """What the stretch becomes, or None where the sides differ from base and each other."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        return self.theirs if self.ours == self.base else None


def chunks(base: Lines, ours: Lines, theirs: Lines) -> Iterator[Chunk]:
    """Give the three texts as stretches, stable in all three or not, in their order."""
    mine, others = _kept(base, ours), _kept(base, theirs)
    at = (0, 0, 0)
    for line, (left, right) in _stable(mine, others):
        if (line, left, right) != at:
            yield Chunk(base[at[0] : line], ours[at[1] : left], theirs[at[2] : right])
        yield Chunk(base[line : line + 1], ours[left : left + 1], theirs[right : right + 1])
        at = (line + 1, left + 1, right + 1)
    if at != (len(base), len(ours), len(theirs)):
        yield Chunk(base[at[0] :], ours[at[1] :], theirs[at[2] :])


def merged_text(sides: Sides[str]) -> str | None:
    """Return the merge by lines, None where it leaves a conflict."""
    merged = [chunk.merged for chunk in chunks(*sides.map(lines))]
    if any(part is None for part in merged):
        return None
    return "".join(line for part in merged for line in part or ())


def joined(chunk: Chunk) -> Lines | None:
    """Merge changes of lines that touch but have none in common; None where some overlap.

    Of two insertions at one place the person's comes first.
    """
    mine, others = _changes(chunk.base, chunk.ours), _changes(chunk.base, chunk.theirs)
    result: list[str] = []
    at = 0
    for start, end, new in sorted([*mine, *others], key=lambda change: change[:2]):
        if start < at:
            return None
        result += [*chunk.base[at:start], *new]
        at = end
    return [*result, *chunk.base[at:]]


def _changes(base: Lines, other: Lines) -> list[tuple[int, int, Lines]]:
    return [(a, b, other[c:d]) for a, b, c, d in gaps(base, other)]


def _kept(base: Lines, other: Lines) -> dict[int, int]:
    """Return where each line of base that the other side kept stands there."""
    return {a + i: b + i for a, b, size in blocks(base, other) for i in range(size)}


def _stable(mine: dict[int, int], others: dict[int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    return ((line, (mine[line], others[line])) for line in sorted(mine.keys() & others.keys()))
