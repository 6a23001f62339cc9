"""What points at the rows of a resource, and what a delete does to it, for its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.distinct import distinct
from generator.spec.model import BelongsTo, Resource
from generator.views.testing_names import (
    factory_module,
    repository_alias,
    repository_import,
    repository_module,
)
from generator.views.testing_rows import TestContext


@dataclass(frozen=True, slots=True)
class ChildView:
    """A resource that points at this one: what its rows do when this one's is deleted."""

    name: str
    make: str
    module: str
    key: str
    attribute: str
    repository: str
    repository_import: str
    repository_module: str
    on_delete: str
    versioned: bool
    """What becomes of them: `restrict`, `cascade`, `set_null`, or `stay` as they are."""
    restored: bool
    """Whether they come back with it."""


def children(context: TestContext) -> tuple[ChildView, ...]:
    """Everything that points at one of ours; no two have one name."""
    return distinct(_children(context), set(), context.resource.name)


def _children(context: TestContext) -> Iterator[ChildView]:
    own = context.resource.name
    for other in context.resources.values():
        ours = other.built_in or other.table.startswith("_")
        for relation in () if ours else other.relations:
            if isinstance(relation, BelongsTo) and relation.resource == own:
                yield _child(context, other, relation)


def _child(context: TestContext, other: Resource, relation: BelongsTo) -> ChildView:
    key = f"{relation.name}_id"
    parent = context.resource
    goes = relation.on_delete == "cascade"
    stays = goes and parent.soft_delete and not other.soft_delete
    return ChildView(
        name=f"{other.name}_{relation.name}",
        make=f"make_{other.name}",
        module=factory_module(other),
        key=context.case.name(key),
        attribute=naming.attribute(key),
        repository=repository_alias(other),
        repository_import=repository_import(other),
        repository_module=repository_module(other),
        on_delete="stay" if stays else relation.on_delete,
        versioned=other.versioned,
        restored=goes and parent.soft_delete and other.soft_delete,
    )
