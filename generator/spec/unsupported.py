"""What the language can say and this version of the generator cannot build yet.

One line is one such thing. The loader reads and checks all of it all the same, so that a line is
taken out on the day that the generator can build it, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.spec.facts import Facts, Finding
from generator.spec.model import Resource
from generator.spec.report import Path

Where = Callable[[Facts], Iterator[Path]]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """One such thing: its words, and the paths at which a spec asks for it."""

    what: str
    where: Where


def refusals(facts: Facts, table: Sequence[Unsupported]) -> Iterator[Finding]:
    """One finding for each place that asks for what cannot be built."""
    for line in table:
        for path in line.where(facts):
            message = f"this version of the tool cannot build {line.what} yet"
            yield Finding("not-in-this-version", path, message)


def _resources(key: str, when: Callable[[Resource], object] = lambda _: True) -> Where:
    """At a key of each resource that has it, when the resource is so."""

    def where(facts: Facts) -> Iterator[Path]:
        for path, resource in facts.resources():
            if facts.said(*path, key) and when(resource):
                yield (*path, key)

    return where


UNSUPPORTED: tuple[Unsupported, ...] = (
    Unsupported("`events`", _resources("events", lambda one: one.events)),
)
"""The lines; a spec that needs none of them is built whole."""
