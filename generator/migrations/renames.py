"""What has another name in the new spec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.spec.members import Members
from generator.spec.model import BelongsTo, Field, ManyToMany, Resource
from generator.tables import column_of

NO_MEMBERS: Members = MappingProxyType({})
Named = Resource | Field | BelongsTo | ManyToMany
Columns = Mapping[str, str]
"""Old name of a column to its new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """Old names to new ones, of what kept its rows; whatever kept its name is left out."""

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Columns] = field(default_factory=dict)
    """By the old name of the table."""
    members: Members = field(default_factory=dict)
    """Old values of enums to new ones."""


def renames(
    old: tuple[Resource, ...], new: tuple[Resource, ...], members: Members = NO_MEMBERS
) -> Renames:
    """What `renamed_from`, `plural`, `table`, `column` and `timestamps` have renamed.

    Both are all the resources that tables are made of, those of features too. `renamed_from`
    means something only while the old spec has that name: it stays in the page after the sync.
    """
    pairs = tuple(_pairs(old, new))
    tables = {before.table: after.table for before, after in pairs}
    columns = {before.table: dict(_columns(before, after)) for before, after in pairs}
    for before, after in pairs:
        for left, right in _links(before, after):
            tables[left.table] = right.table
            ends = {left.own_column: right.own_column, left.other_column: right.other_column}
            columns[left.table] = ends
    changed = {table: _changed(found) for table, found in columns.items()}
    return Renames(
        tables=_changed(tables),
        columns={table: found for table, found in changed.items() if found},
        members=members,
    )


def _changed(names: Mapping[str, str]) -> dict[str, str]:
    return {old: new for old, new in names.items() if old != new}


def _pairs(
    old: tuple[Resource, ...], new: tuple[Resource, ...]
) -> Iterator[tuple[Resource, Resource]]:
    before = {resource.name: resource for resource in old}
    names = _identities(_sources(old, new), before)
    return ((before[names[one.name]], one) for one in new if one.name in names)


def _sources(old: Iterable[Named], new: Iterable[Named]) -> dict[str, str | None]:
    """What each was called before; what the old spec said itself has been done."""
    said = {one.name: one.renamed_from for one in old}
    sources = ((one.name, one.renamed_from) for one in new)
    return {name: None if said.get(name) == source else source for name, source in sources}


def _identities(new: Mapping[str, str | None], old: Iterable[str]) -> dict[str, str]:
    """New name to the old one of the same thing; what was renamed comes before what kept its."""
    known = set(old)
    moved = {name: source for name, source in new.items() if source in known}
    taken = set(moved.values())
    kept = {name: name for name in new if name in known - taken and name not in moved}
    return {**kept, **{name: str(source) for name, source in moved.items()}}


def _columns(before: Resource, after: Resource) -> Iterator[tuple[str, str]]:
    names = _sources(_stored(before), _stored(after))
    had = {one.name for one in _stored(before)}
    owners = {after.owned: before.owned} if after.owned not in had else {}
    wanted = {name: source or owners.get(name) for name, source in names.items()}
    for new, old in _identities(wanted, had).items():
        yield column_of(before, old), column_of(after, new)
    for attribute in ("created_field", "updated_field"):
        stamps = getattr(before, attribute), getattr(after, attribute)
        if None not in stamps:
            yield stamps


def _stored(resource: Resource) -> tuple[Field | BelongsTo, ...]:
    """What has a column of its own."""
    links = (one for one in resource.relations if isinstance(one, BelongsTo))
    return (*resource.fields, *links)


def _links(before: Resource, after: Resource) -> Iterator[tuple[ManyToMany, ManyToMany]]:
    """The relations with a join table of their own, from whichever side the spec names them."""
    had = {one.name: one for one in _joining(before)}
    now = {one.name: one for one in _joining(after)}
    names = _sources(had.values(), now.values())
    for new, old in _identities(names, had).items():
        yield had[old], now[new]


def _joining(resource: Resource) -> Iterator[ManyToMany]:
    found = (one for one in resource.relations if isinstance(one, ManyToMany))
    return (one for one in found if one.through is None)
