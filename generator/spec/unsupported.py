"""What the language can say and this version of the generator cannot build yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.spec.model import Spec
from generator.spec.report import Path


@dataclass(frozen=True, slots=True)
class Unsupported:
    """One such thing: its words, and the paths at which a spec asks for it."""

    what: str
    where: Callable[[Spec], Iterator[Path]]


UNSUPPORTED: tuple[Unsupported, ...] = ()
