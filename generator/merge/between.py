"""What two specs call by different names: `renamed_from`, where the old spec has that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.merge.renames import Kind, Rename, Renames
from generator.spec.members import renamed_members
from generator.spec.model import BelongsTo, Field, HasMany, ManyToMany, Resource, Spec

_WORD = re.compile(r"[A-Za-z](?:[\w .-]*[A-Za-z0-9])?")
"""A value that can be told from all else in a text."""
Named = Field | BelongsTo | HasMany | ManyToMany


def between(old: Spec, new: Spec) -> Renames:
    """Return the renames of resources, fields, relations and enum members between two specs.

    `renamed_from` stays in the page; once the old spec has the new name, it means nothing.
    """
    return (*_renames(_resources(old), _resources(new)), *_members(old, new))


def _renames(old: dict[str, Resource], new: dict[str, Resource]) -> Iterator[Rename]:
    for resource in new.values():
        before = old.get(resource.renamed_from or "")
        if before and resource.name not in old:
            yield Rename(
                kind="resource",
                old=before.name,
                new=resource.name,
                old_plural=before.plural,
                new_plural=resource.plural,
            )
        if had := before or old.get(resource.name):
            yield from _parts("field", resource.name, had.fields, resource.fields)
            yield from _parts("relation", resource.name, had.relations, resource.relations)


def _parts(kind: Kind, owner: str, old: Iterable[Named], new: Iterable[Named]) -> Iterator[Rename]:
    known = {one.name for one in old}
    for one in new:
        if one.renamed_from in known and one.name not in known:
            yield Rename(kind=kind, old=str(one.renamed_from), new=one.name, owner=owner)


def _members(old: Spec, new: Spec) -> Iterator[Rename]:
    for enum, names in renamed_members(old.enums, new.enums).items():
        for before, after in names.items():
            if _WORD.fullmatch(before) and _WORD.fullmatch(after):
                yield Rename(kind="member", old=before, new=after, owner=enum)


def _resources(spec: Spec) -> dict[str, Resource]:
    own = () if spec.user is None else (spec.user,)
    return {resource.name: resource for resource in (*spec.resources, *own)}
