"""Nothing is lost and nothing doubled: each word is there as often as both sides' changes say.

count(merged) = ours + theirs - base; where both sides changed a count the same way, they may have
meant the same change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from generator.merge.sides import Sides

Count = Callable[[str], Counter[str]]
_WORDS = re.compile(r"\w+|[^\w\s,()\[\]{}]")


def words(text: str) -> Counter[str]:
    """Count the words of a text, and its signs but for brackets and commas."""
    return Counter(_WORDS.findall(text))


def holds(count: Count, sides: Sides[str], merged: str, marked: Iterable[Sides[str]] = ()) -> bool:
    """Whether a merge adds up; `marked` are the texts between marks, of which it has ours."""
    between = [texts.map(count) for texts in marked]
    counts = Sides(
        _less(count(sides.base), (texts.base for texts in between)),
        _less(count(sides.ours), (texts.ours for texts in between)),
        _less(count(sides.theirs), (texts.theirs for texts in between)),
    )
    return _adds_up(counts, _less(count(merged), (texts.ours for texts in between)))


def _less(count: Counter[str], others: Iterable[Counter[str]]) -> Counter[str]:
    for other in others:
        count.subtract(other)
    return count


def _adds_up(counts: Sides[Counter[str]], merged: Counter[str]) -> bool:
    every = {*counts.base, *counts.ours, *counts.theirs, *merged}
    return all(_fits(word, counts, merged[word]) for word in every)


def _fits(word: str, counts: Sides[Counter[str]], merged: int) -> bool:
    base, ours, theirs = (count[word] for count in counts)
    least = most = max(0, ours + theirs - base)
    if (ours - base) * (theirs - base) > 0:
        least, most = sorted((max(ours, theirs) if ours > base else min(ours, theirs), most))
    return least <= merged <= most
