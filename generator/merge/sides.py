"""Three of a kind: of base, of ours, of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Sides(Generic[T]):
    """What there was before, what the person made of it, and what the generator would."""

    base: T
    ours: T
    theirs: T

    def map(self, change: Callable[[T], S]) -> Sides[S]:
        """Return the same of something else: what `change` makes of each."""
        return Sides(change(self.base), change(self.ours), change(self.theirs))

    def __iter__(self) -> Iterator[T]:
        return iter((self.base, self.ours, self.theirs))
