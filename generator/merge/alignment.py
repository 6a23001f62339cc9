"""Which lines of one text are which of another.

Of the places at which a diff may have an insertion or a deletion, the one is taken that a person
would see: what comes after an empty line and is indented least begins it, as with git's
`diff.indentHeuristic`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from typing import TypeAlias

Lines: TypeAlias = Sequence[str]
Block: TypeAlias = tuple[int, int, int]
"""Where a run of equal lines starts in both texts, and how many they are."""


def blocks(one: Lines, other: Lines) -> list[Block]:
    """Return the runs of lines that are equal in both, in their order; some may be empty."""
    matched = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    found = [(0, 0, 0), *((block.a, block.b, block.size) for block in matched)]
    for number, (_, after) in enumerate(pairwise(found)):
        start, other_start, size = found[number]
        by = _slide(one, other, found[number], after)
        found[number] = (start, other_start, size + by)
        found[number + 1] = (after[0] + by, after[1] + by, after[2] - by)
    return found


def gaps(one: Lines, other: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Give where the two differ: start and end in the first, then in the second."""
    for before, after in pairwise(blocks(one, other)):
        ends = (before[0] + before[2], before[1] + before[2])
        if ends != after[:2]:
            yield ends[0], after[0], ends[1], after[1]


def _slide(one: Lines, other: Lines, before: Block, after: Block) -> int:
    """Return how many lines further down the gap between two runs is to be seen."""
    ends = (before[0] + before[2], before[1] + before[2])
    sides = [side for side in (0, 1) if ends[side] != after[side]]
    if len(sides) != 1:
        return 0
    (side,) = sides
    text, start, end = (one, other)[side], ends[side], after[side]
    up = _run(text[start - 1 - i] == text[end - 1 - i] for i in range(before[2]))
    down = _run(text[start + i] == text[end + i] for i in range(after[2]))
    return min(range(-up, down + 1), key=lambda by: (*_seam(text, start + by), abs(by)))


def _run(equal: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(bool, equal))


def _seam(text: Lines, at: int) -> tuple[bool, int]:
    """Return how little a line looks like the first of its block; the least is the best."""
    line = text[at]
    begins = bool(line.strip()) and (at == 0 or not text[at - 1].strip())
    return not begins, len(line) - len(line.lstrip())
