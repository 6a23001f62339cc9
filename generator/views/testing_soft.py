"""How the tests of a resource try deletes that keep rows: of its own, and of what it points at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.features.demands import is_restored
from generator.spec.model import BelongsTo, Resource
from generator.views.attributes import Attribute, is_changed
from generator.views.keys import key_view
from generator.views.rules import rules
from generator.views.testing_names import (
    factory_module,
    repository_alias,
    repository_import,
    repository_module,
)
from generator.views.testing_rows import TestContext


@dataclass(frozen=True, slots=True)
class SoftParentView:
    """What a row points at, and a delete may hide: the name of the reference, and a factory."""

    name: str
    key: str
    make: str
    repository: str
    modules: tuple[tuple[str, str], ...]
    id: str
    """The id of a `parent`, as JSON carries it."""
    changes: bool
    """Whether a client may point elsewhere later."""
    let_go: bool
    """Whether a row points at nothing once what it pointed at is deleted."""


@dataclass(frozen=True, slots=True)
class SoftTestsView:
    """What the tests print of deletes that keep rows."""

    live: str
    """What narrows a count of the rows of a `table` to live ones, or nothing."""
    uniques: tuple[tuple[str, ...], ...]
    """What a deleted row leaves to others."""
    confined: bool
    """Whether somebody may restore their own rows alone."""
    parents: tuple[SoftParentView, ...]


def soft_tests(
    context: TestContext, sent: list[Attribute], uniques: tuple[tuple[str, ...], ...]
) -> SoftTestsView:
    """What is tried, by what a client sends, and what has to be unique of that."""
    resource = context.resource
    return SoftTestsView(
        live=".where(*live(table))" if resource.soft_delete else "",
        confined=rules(resource.access)["delete"].confines("user"),
        uniques=tuple(names for names in uniques if "id" not in names),
        parents=tuple(_parents(context, sent)),
    )


def soft_modules(context: TestContext, parents: tuple[SoftParentView, ...]) -> set[tuple[str, str]]:
    """The modules that these tests need, each with a name."""
    used = is_restored(context.resource) or "create" in context.resource.operations
    modules = {module for parent in parents for module in parent.modules if used}
    if context.resource.soft_delete:
        modules.add(("app.deletions", "live"))
    return modules


def _parents(context: TestContext, sent: list[Attribute]) -> Iterator[SoftParentView]:
    for item in sent:
        if item.relation is not None and context.resources[item.relation.resource].soft_delete:
            target = context.resources[item.relation.resource]
            yield _parent(item, target, item.relation, is_changed(item, context.resource))


def _parent(
    item: Attribute, target: Resource, relation: BelongsTo, changes: bool
) -> SoftParentView:
    make = f"make_{target.name}"
    return SoftParentView(
        name=relation.name,
        key=item.json,
        make=make,
        repository=repository_alias(target),
        modules=(
            (factory_module(target), make),
            (repository_module(target), repository_import(target)),
        ),
        id=key_view(target.id).json('parent["id"]'),
        changes=changes,
        let_go=relation.on_delete == "set_null",
    )
