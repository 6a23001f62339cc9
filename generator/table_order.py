"""In what order tables can be created, and which foreign keys must wait for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.table import Table

Targets = Mapping[str, frozenset[str]]
"""Table to the other tables that it refers to."""


def creation_order(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables, each after those it refers to, as far as circles let it; else in their order."""
    waiting = {table.name: table for table in tables}
    ordered = []
    while waiting:
        name = _next(_targets(waiting))
        ordered.append(waiting.pop(name))
    return tuple(ordered)


def late_keys(tables: tuple[Table, ...]) -> frozenset[str]:
    """Names of the foreign keys that refer to a later table of the sequence."""
    return frozenset(_late_keys(tables))


def _late_keys(tables: tuple[Table, ...]) -> Iterator[str]:
    later = {table.name for table in tables}
    for table in tables:
        later.discard(table.name)
        for column in table.columns:
            if column.references is not None and column.references.table in later:
                yield column.references.name


def _targets(tables: Mapping[str, Table]) -> Targets:
    return {name: frozenset(_references(table)) & tables.keys() for name, table in tables.items()}


def _references(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.references is not None and column.references.table != table.name:
            yield column.references.table


def _next(targets: Targets) -> str:
    """The first table that waits for none, else the first of a circle that waits for no other."""
    free = (name for name, others in targets.items() if not others)
    return next(free, None) or next(_in_closed_circle(targets))


def _in_closed_circle(targets: Targets) -> Iterator[str]:
    reached = {name: _reachable(name, targets) for name in targets}
    return (name for name, others in reached.items() if all(name in reached[o] for o in others))


def _reachable(start: str, targets: Targets) -> frozenset[str]:
    found: set[str] = set()
    waiting = set(targets[start])
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= targets[name] - found
    return frozenset(found)
