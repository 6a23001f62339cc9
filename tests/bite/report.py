"""What is printed of the bites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from bite.breakage import Groups
from bite.projects import Bite

ENOUGH = 0.9
"""The share of breakages that the tests of every sample have to catch."""
MISSED = "NOT CAUGHT"


def caught(bites: Sequence[Bite]) -> int:
    """How many of the breakages were."""
    return sum(one.caught_by is not None for one in bites)


def is_enough(bites: Sequence[Bite]) -> bool:
    """Whether as many were caught as have to be."""
    return caught(bites) >= ENOUGH * len(bites)


def table(name: str, groups: Groups, bites: Iterator[Bite]) -> Iterator[tuple[str, Bite | None]]:
    """A line for each breakage of a sample: what it is, what it changes, what caught it.

    Beside a line is the bite that it tells of, None for the name of a group.
    """
    every = [one for group in groups.values() for one in group]
    what = max(len(one.what) for one in every)
    path = max(len(one.path) for one in every)
    for group, breakages in groups.items():
        yield f"\n{name}: {group}", None
        for one in islice(bites, len(breakages)):
            found = one.caught_by or MISSED
            yield f"  {one.breakage.what:<{what}}  {one.breakage.path:<{path}}  {found}", one


def totals(results: Mapping[str, Sequence[Bite]]) -> Iterator[str]:
    """The sum of each sample."""
    yield ""
    for name, bites in results.items():
        share = caught(bites) / len(bites)
        yield f"{name}: {caught(bites)} of {len(bites)} breakages were caught ({share:.1%})."
