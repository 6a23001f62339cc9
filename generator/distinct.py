"""Names that are each given once, whatever they were put together from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from generator import naming

NamedT = TypeVar("NamedT", bound=Any)
"""A frozen dataclass with a `name`."""


def distinct(items: Iterable[NamedT], taken: set[str], place: str) -> tuple[NamedT, ...]:
    """The items under names of their own; those are added to `taken`.

    `ix_a_b_c` may be an index on `b_c` of `a`, or on `c` of `a_b`, or descend: the second to come
    has a hash of what it is behind its name.
    """
    return tuple(_placed(item, taken, place) for item in items)


def _placed(item: NamedT, taken: set[str], place: str) -> NamedT:
    if item.name in taken:
        digest = hashlib.sha256(f"{place} {item}".encode()).hexdigest()[:8]
        item = replace(item, name=naming.shortened(f"{item.name}_{digest}"))
    taken.add(item.name)
    return item
