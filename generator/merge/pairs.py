"""Which item of one sequence is which of another, and in what order a merged one stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """One item of a sequence, and what it is known by."""

    value: T
    strong: Hashable | None
    weak: Hashable
    exact: Hashable
    """Equal for items that mean the same."""


def paired(one: Sequence[Item[T]], other: Sequence[Item[T]]) -> dict[int, int]:
    """Return which item of `one` is which of `other`: by name, by equality, by kind and place."""
    found = _by_name(one, other)
    _align(found, one, other, exact=True)
    _align(found, one, other, exact=False)
    return found


def _by_name(one: Sequence[Item[T]], other: Sequence[Item[T]]) -> dict[int, int]:
    left, right = _unique(one), _unique(other)
    return {left[key]: right[key] for key in left.keys() & right.keys()}


def _unique(items: Sequence[Item[T]]) -> dict[Hashable, int]:
    counts = Counter(item.strong for item in items)
    return {
        item.strong: at
        for at, item in enumerate(items)
        if item.strong is not None and counts[item.strong] == 1
    }


def _align(
    found: dict[int, int], one: Sequence[Item[T]], other: Sequence[Item[T]], *, exact: bool
) -> None:
    """Pair, among those that are left, what is alike and stands in the same order."""
    taken = {at: number for number, at in found.items()}
    left = [("pair", i) if i in found else _mark(item, exact) for i, item in enumerate(one)]
    right = [
        ("pair", taken[j]) if j in taken else _mark(item, exact) for j, item in enumerate(other)
    ]
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            found.setdefault(block.a + i, block.b + i)


def _mark(item: Item[T], exact: bool) -> Hashable:
    return ("exact", item.exact) if exact else ("weak", item.weak)


Spot = tuple[str, int]
"""An item of a merge: of base where it was there before, else of the side that added it."""


def ordered(base: Sequence[Spot], ours: Sequence[Spot], theirs: Sequence[Spot]) -> list[Spot]:
    """Return every spot of ours and theirs in one order.

    It is the person's, unless the generator alone changed it; what the other side has beside that
    goes behind its nearest predecessor there.
    """
    moved = _reorders(base, theirs) and not _reorders(base, ours)
    first, second = (theirs, ours) if moved else (ours, theirs)
    return _woven(list(first), second)


def reorders(base: Sequence[Spot], side: Sequence[Spot]) -> bool:
    """Whether a side has changed the order of what was there before."""
    return _reorders(base, side)


def _reorders(base: Sequence[Spot], side: Sequence[Spot]) -> bool:
    here, before = frozenset(side), frozenset(base)
    return [spot for spot in base if spot in here] != [spot for spot in side if spot in before]


def _woven(result: list[Spot], other: Sequence[Spot]) -> list[Spot]:
    place = {spot: number for number, spot in enumerate(result)}
    behind: dict[int, list[Spot]] = {}
    last = -1
    for spot in other:
        last = place.get(spot, last)
        if spot not in place:
            behind.setdefault(last, []).append(spot)
    woven = list(behind.get(-1, ()))
    for number, spot in enumerate(result):
        woven += [spot, *behind.get(number, ())]
    return woven
