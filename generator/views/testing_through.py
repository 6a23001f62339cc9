"""How the tests of a resource try a list through a resource that stands for the links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.spec.model import BelongsTo, ManyToMany, Resource
from generator.views.keys import key_view
from generator.views.rules import rules
from generator.views.testing_names import (
    factory_module,
    repository_alias,
    repository_import,
    repository_module,
)
from generator.views.testing_rows import NOBODY, ActorView, TestContext, common_role, maker, session
from generator.views.through import key_of


@dataclass(frozen=True, slots=True)
class ThroughTestView:
    """A list of what is linked, and the factories of both that it takes."""

    name: str
    url: str
    make: str
    owner: str
    """Whose the child is, in a call of its factory."""
    make_link: str
    modules: tuple[tuple[str, str], ...]
    own: str
    other: str
    child_id: str
    """The id of a `child`, as JSON carries it."""
    other_id: str
    """The same of an `other`."""
    twice: bool
    """Whether two links may lead to one."""
    actor: ActorView
    soft: bool
    """Whether a delete keeps the links."""
    repository: str


def through_tests(context: TestContext) -> Iterator[ThroughTestView]:
    """The lists that somebody may see."""
    for relation in context.resource.relations:
        target = context.resources[relation.resource]
        if not isinstance(relation, ManyToMany) or not relation.through:
            continue
        parent, child = rules(context.resource.access)["get"], rules(target.access)["list"]
        role = common_role(context, parent, child)
        if role is not None and "list" in target.operations:
            actor = NOBODY if parent.public and child.public else session(role)
            yield _view(context, relation, target, actor)


def _view(
    context: TestContext, relation: ManyToMany, target: Resource, actor: ActorView
) -> ThroughTestView:
    between = context.resources[relation.through or ""]
    made = [(factory_module(one), maker(one)) for one in (target, between)]
    if between.soft_delete:
        made.append((repository_module(between), repository_import(between)))
    return ThroughTestView(
        name=relation.name,
        url=naming.dashed(relation.name),
        make=maker(target),
        owner="" if target.built_in else actor.owner,
        make_link=f"make_{between.name}",
        modules=tuple(made),
        own=context.case.name(key_of(between, relation.own_column)),
        other=context.case.name(key_of(between, relation.other_column)),
        child_id=key_view(target.id).json('child["id"]'),
        other_id=key_view(target.id).json('other["id"]'),
        twice=not _is_once(between, {relation.own_column, relation.other_column}),
        actor=actor,
        soft=between.soft_delete,
        repository=repository_alias(between),
    )


def _is_once(between: Resource, columns: set[str]) -> bool:
    """Whether the same two can't be linked twice."""
    ends = [r for r in between.relations if isinstance(r, BelongsTo) and r.column in columns]
    names = {end.name for end in ends}
    return any(end.unique for end in ends) or any(set(one) <= names for one in between.unique)
