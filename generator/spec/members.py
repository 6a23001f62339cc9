"""Which values of enums have become others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.spec.model import EnumType, Member

Members = Mapping[str, Mapping[str, str]]
"""By the name of the enum: old value to new one."""


def renamed_members(old: Iterable[EnumType], new: Iterable[EnumType]) -> Members:
    """Return what `renamed_from` has renamed; it means something while the old enum had that name.

    It stays in the page after the sync: what the old enum said itself is no news.
    """
    before = {enum.name: {member.value: member for member in enum.members} for enum in old}
    found = {enum.name: dict(_renamed(enum, before.get(enum.name, {}))) for enum in new}
    return {name: values for name, values in found.items() if values}


def _renamed(enum: EnumType, had: Mapping[str, Member]) -> Iterator[tuple[str, str]]:
    for member in enum.members:
        source, known = member.renamed_from, had.get(member.value)
        if source is not None and source in had and (known is None or known.renamed_from != source):
            yield source, member.value
