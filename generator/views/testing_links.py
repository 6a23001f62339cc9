"""How the tests of a resource try to link its rows to others, and to take the links away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.spec.model import ManyToMany, Resource
from generator.views.keys import KeyView, key_view
from generator.views.rules import RuleView, rules
from generator.views.testing_names import (
    factory_module,
    repository_alias,
    repository_import,
    repository_module,
)
from generator.views.testing_rows import (
    ActorView,
    TestContext,
    actor,
    common_role,
    maker,
    session,
    strangers,
)
from generator.views.visibility import hides, writers


@dataclass(frozen=True, slots=True)
class LinkTestView:
    """A many-to-many relation: the URL, and the factory of the other end."""

    name: str
    url: str
    make: str
    module: str
    owner: str
    """`, session.user_id` in a call of the factory, or nothing."""
    target: KeyView
    lists: bool
    actor: ActorView
    confined: bool
    """Whether the list shows the actor their own rows alone."""
    stranger: ActorView | None
    """Somebody who can't link what they can't see, None where everyone sees all."""
    soft: bool
    """Whether a delete keeps what is linked."""
    repository: str
    repository_import: tuple[str, str]


def links(context: TestContext) -> Iterator[LinkTestView]:
    """The many-to-many relations of one of ours."""
    own = rules(context.resource.access)
    for relation in context.resource.relations:
        if isinstance(relation, ManyToMany) and not relation.through:
            target = context.resources[relation.resource]
            other = rules(target.access)
            role = linking(context, target)
            linker = actor(own["update"]) if role is None else session(role)
            stranger = next(strangers(context, "update", target), None)
            yield LinkTestView(
                name=relation.name,
                url=naming.dashed(relation.name),
                make=maker(target),
                module=factory_module(target),
                owner="" if target.built_in else linker.owner,
                target=key_view(target.id),
                lists="list" in target.operations
                and _admits_actor(own["update"], other["list"], own["get"]),
                actor=linker,
                confined=other["list"].confines(role or own["update"].role),
                stranger=session(stranger) if stranger else None,
                soft=target.soft_delete,
                repository=repository_alias(target),
                repository_import=(repository_module(target), repository_import(target)),
            )


def linking(context: TestContext, target: Resource) -> str | None:
    """A role that may link one of ours to one of the target; None where any that writes may."""
    own = writers(context.resource, "update")
    if not hides(target, own):
        return None
    return common_role(context, own, rules(target.access)["get"]) or own.role


def _admits_actor(done: RuleView, *others: RuleView) -> bool:
    """Whether these rules let in whoever tries an operation: nobody, where that is public."""
    return all(rule.public or (not done.public and rule.admits(done.role)) for rule in others)
