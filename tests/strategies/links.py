"""Links that need more than one resource: through a third, and in a circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from strategies.written import WrittenResource

THROUGH, ROUND, WAY = "link_by_way", "back_at_last", "way_between"
"""Names that nothing else has."""


@st.composite
def linked(draw: DrawFn, found: Sequence[WrittenResource]) -> list[WrittenResource]:
    """The same resources, the first and the last with a link through a third, or in a circle."""
    if len(found) < 2:
        return [*found]
    links: dict[str, str] = {}
    more: list[WrittenResource] = []
    first, *between, last = found
    if draw(st.booleans()):
        links[THROUGH] = f"many_to_many {last.name} through {WAY} inverse {THROUGH}s"
        more.append(draw(_way(first.name, last.name)))
    if draw(st.booleans()):
        links[ROUND] = f"belongs_to {last.name}? on_delete set_null"
    return [replace(first, relations={**first.relations, **links}), *between, last, *more]


@st.composite
def _way(draw: DrawFn, left: str, right: str) -> WrittenResource:
    """What a link goes through."""
    ends = {
        f"{side}_end": draw(
            st.sampled_from(["belongs_to {}", "belongs_to {} on_delete cascade"])
        ).format(target)
        for side, target in (("left", left), ("right", right))
    }
    return WrittenResource(WAY, relations=ends)
