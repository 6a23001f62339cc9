"""Three sequences -> one list of what belongs together, in the order of the merged one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.merge.pairs import Item, Spot, ordered, paired
from generator.merge.sides import Sides

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """One thing, as each side has it; None where a side hasn't."""

    base: T | None
    ours: T | None
    theirs: T | None

    def is_gone(self, same: Callable[[object, object], bool]) -> bool:
        """Whether one side took it away, and the other had left it as it was."""
        if self.base is None:
            return False
        left = self.ours if self.theirs is None else self.theirs
        both = self.ours is None or self.theirs is None
        return both and (left is None or same(self.base, left))


def groups(sides: Sides[list[Item[T]]]) -> list[Group[T]]:
    """Return what each item is on each side, in the order in which they are to stand."""
    ours, theirs = paired(sides.base, sides.ours), paired(sides.base, sides.theirs)
    names = _named(sides, ours, theirs)
    spots = [[("base", number) for number in range(len(sides.base))], *names]
    found: dict[Spot, dict[int, T]] = {}
    for side, items in enumerate(sides):
        for spot, item in zip(spots[side], items, strict=True):
            found.setdefault(spot, {})[side] = item.value
    return [Group(*(found[spot].get(side) for side in range(3))) for spot in _order(spots)]


def _order(spots: Sequence[Sequence[Spot]]) -> list[Spot]:
    base, ours, theirs = spots
    return ordered(base, ours, theirs)


def _named(
    sides: Sides[list[Item[T]]], ours: Mapping[int, int], theirs: Mapping[int, int]
) -> tuple[list[Spot], list[Spot]]:
    """Name each item by the one of base that it is; what both sides added alike is one, too."""
    left = _spots("ours", len(sides.ours), ours)
    right = _spots("theirs", len(sides.theirs), theirs)
    new = [[i for i, spot in enumerate(side) if spot[0] != "base"] for side in (left, right)]
    added = paired([sides.ours[i] for i in new[0]], [sides.theirs[i] for i in new[1]])
    for one, other in added.items():
        mine, others = sides.ours[new[0][one]], sides.theirs[new[1][other]]
        if mine.exact == others.exact or (mine.strong and mine.strong == others.strong):
            right[new[1][other]] = left[new[0][one]]
    return left, right


def _spots(side: str, size: int, pairs: Mapping[int, int]) -> list[Spot]:
    back = {at: number for number, at in pairs.items()}
    return [("base", back[i]) if i in back else (side, i) for i in range(size)]
