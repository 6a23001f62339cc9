"""What the tests of a resource need to know of its lists."""

from __future__ import annotations

from collections.abc import Iterator

from generator.spec.model import Field
from generator.views.attributes import Attribute
from generator.views.samples import FEW

LONGEST = 1000
"""A list past this many elements is not sent: its elements may be long too."""


def kept(item: Field) -> int:
    """How many valid elements stand before an invalid one, so that the list is not too long."""
    size = max(min(FEW, item.max_items or FEW), item.min_items or 0)
    return size if item.max_items is None or size < item.max_items else size - 1


def longest(fields: list[Attribute]) -> Iterator[tuple[str, int]]:
    """The lists that a test can make too long, and how many elements they may have."""
    for item in fields:
        most = item.field.max_items
        if most is not None and most <= LONGEST:
            yield item.name, most
