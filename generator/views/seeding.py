"""What the seeds of a table print: how each column is filled, and what waits until others are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import naming
from generator.features.demands import reads_apart
from generator.fieldtype import Name
from generator.literals import py
from generator.tables import DELETED_AT
from generator.views.code import Code
from generator.views.imports import import_lines
from generator.views.model_context import model_name, own_attribute
from generator.views.seeding_columns import columns
from generator.views.seeding_context import READERS, SEEDS, SeedContext
from generator.views.seeding_references import links, owner_attribute, reference
from generator.views.seeding_unique import distinct, is_single, late

FEW = 20
"""So many accounts are enough, where nothing needs one to itself."""


@dataclass(frozen=True, slots=True)
class SeedsView:
    """The seeds of a table: imports, and the call that makes them but for its model."""

    imports: tuple[str, ...]
    kind: str
    """The class."""
    lines: tuple[str, ...]


def seeds_view(context: SeedContext) -> SeedsView:
    """The seeds of one resource."""
    kind, by = _kind(context)
    filled = dict(columns(context))
    later = {name: reference(context, column, waits=True) for name, column in late(context).items()}
    joined = [*links(context)]
    names = [name for code in (*filled.values(), *later.values(), *joined) for name in code.names]
    own = () if context.resource.built_in else (model_name(context.resource),)
    lines = [
        *by,
        *_mapping("columns", filled),
        *(_mapping("later", later) if later else ()),
        *_others(context, {**filled, **later}, joined),
    ]
    return SeedsView(import_lines([*names, *own, kind]), kind.name, tuple(lines))


def _kind(context: SeedContext) -> tuple[Name, tuple[str, ...]]:
    """The class of the seeds, and by what their rows are known to those who read them."""
    if not reads_apart(context.resources.values()):
        return Name("Seeds", SEEDS), ()
    column = "role" if context.resource.built_in else owner_attribute(context.resource)
    if column is None:
        return Name("Seeds", SEEDS), ()
    return Name("GroupedSeeds", READERS), (f"by={py(column)},",)


def _mapping(name: str, values: Mapping[str, Code]) -> Iterator[str]:
    yield f"{name}={{"
    yield from (f"    {py(attribute)}: {code}," for attribute, code in values.items())
    yield "},"


def _others(context: SeedContext, filled: Mapping[str, Code], joined: list[Code]) -> Iterator[str]:
    groups = [*distinct(context, filled)]
    if groups:
        yield f"distinct={py(groups)},"
    if joined:
        yield f"links=[{', '.join(map(str, joined))}],"
    if context.resource.updated_field:
        yield f"stamp={py(naming.attribute(context.resource.updated_field))},"
    if context.resource.soft_delete:
        yield f"live={context.resource.class_name}.{own_attribute(DELETED_AT)}.is_(None),"
    if context.resource.built_in and not _is_owned_singly(context):
        yield f"most={FEW},"


def _is_owned_singly(context: SeedContext) -> bool:
    """Whether rows that are seeded each need one of ours that no other has.

    Tables that a feature has for itself have a `_` before their names, and are not seeded.
    """
    own = context.table.name
    apart = {one.table for one in context.resources.values() if one.name.startswith("_")}
    return any(
        column.references.table == own and is_single(table, column)
        for table in context.tables.values()
        for column in table.columns
        if column.references is not None and table.name not in apart
    )
