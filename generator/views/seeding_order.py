"""In which order tables are seeded: none before those without which its rows can't be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.spec.model import BelongsTo, Resource


def seeded(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """The accounts and the resources of a spec, each after those that it can't be without.

    Tables of the service's own, such as that of sessions, are passed over.
    """
    waiting = {one.name: one for one in resources if not one.name.startswith("_")}
    ordered = []
    while waiting:
        found = _next(waiting)
        ordered.append(waiting.pop(found))
    return tuple(ordered)


def _next(waiting: dict[str, Resource]) -> str:
    """The first that waits for none, else the first that can be without those it waits for."""
    free = (name for name, one in waiting.items() if not any(_targets(one, waiting)))
    able = (
        name
        for name, one in waiting.items()
        if not any(not link.nullable for link in _targets(one, waiting))
    )
    return next(free, None) or next(able)


def _targets(resource: Resource, waiting: dict[str, Resource]) -> Iterator[BelongsTo]:
    for relation in resource.relations:
        to_other = relation.resource in waiting and relation.resource != resource.name
        if isinstance(relation, BelongsTo) and to_other:
            yield relation
