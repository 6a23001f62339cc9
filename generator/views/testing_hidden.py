"""How the tests of a resource try to point at rows that whoever writes may not see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.spec.model import Resource, Verb
from generator.views.attributes import Attribute, is_required
from generator.views.rules import RuleView, rules
from generator.views.testing_rows import (
    ActorView,
    ParentView,
    TestContext,
    actor,
    common_role,
    parent_view,
    session,
    strangers,
)
from generator.views.visibility import hides, sees, writers


@dataclass(frozen=True, slots=True)
class HiddenView:
    """A reference, and somebody for whom a new row at its other end isn't there."""

    parent: ParentView
    actor: ActorView


def hidden(context: TestContext, sent: list[Attribute], verb: Verb) -> tuple[HiddenView, ...]:
    """The references that somebody who writes can't make, all else being well."""
    return tuple(_hidden(context, sent, verb))


def _hidden(context: TestContext, sent: list[Attribute], verb: Verb) -> Iterator[HiddenView]:
    for item in sent:
        if item.relation is not None:
            others = _targets(context, (i for i in sent if i is not item and is_required(i)))
            (target,) = _targets(context, [item])
            roles = strangers(context, verb, target)
            role = next((r for r in roles if all(sees(other, r) for other in others)), None)
            if role is not None:
                yield HiddenView(parent_view(context, item.relation), session(role))


def writing(context: TestContext, sent: list[Attribute], verb: Verb) -> ActorView:
    """Who writes in the tests: the least that may and sees what a row of ours points at."""
    role = writing_role(context, sent, verb)
    return actor(rules(context.resource.access)[verb]) if role is None else session(role)


def writing_role(context: TestContext, sent: list[Attribute], verb: Verb) -> str | None:
    """Their role, None where it does not depend on what a row of ours points at."""
    write = writers(context.resource, verb)
    every = _readers(context, sent, write)
    if not every:
        return None
    needed = _readers(context, filter(is_required, sent), write)
    found = common_role(context, write, *every) or common_role(context, write, *needed)
    return found or write.role


def _readers(context: TestContext, items: Iterable[Attribute], write: RuleView) -> list[RuleView]:
    """The rules of seeing what they point at and not everyone who writes may see."""
    hidden = (target for target in _targets(context, items) if hides(target, write))
    return [rules(target.access)["get"] for target in hidden]


def _targets(context: TestContext, items: Iterable[Attribute]) -> list[Resource]:
    """What they point at, as far as they are references."""
    return [context.resources[item.relation.resource] for item in items if item.relation]
