"""What the tests of rows below an account print: who lists them, and how one is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.literals import py
from generator.spec.model import HasMany, ManyToMany, Resource
from generator.views.keys import KeyView, key_view
from generator.views.rules import RuleView, rules
from generator.views.testing_names import (
    factory_module,
    repository_alias,
    repository_import,
    repository_module,
)
from generator.views.testing_rows import TestContext, below, common_role, maker
from generator.views.visibility import is_hidden, sees

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class RelatedListView:
    """A list, or one row, below an account."""

    name: str
    url: str
    single: bool
    target: KeyView
    role: str
    """Who sees their own: the least that may."""
    mine: str
    """The call that makes a row of `me`, and one of `other`."""
    others: str
    for_admins: bool
    """Whether admins see everybody's."""
    confined: bool


@dataclass(frozen=True, slots=True)
class RelatedLinkView:
    """A many-to-many relation of an account."""

    name: str
    url: str
    target: KeyView
    made: str
    """The call that makes what `me` may link."""
    role: str
    """The role of `me`, who sees what is linked, as an argument; nothing for a plain user's."""
    hidden: str
    """The call that makes what a plain user can't see, or nothing."""
    lists: bool
    for_admins: bool
    soft: bool
    """Whether a delete keeps what is linked."""
    repository: str


@dataclass(frozen=True, slots=True)
class RelatedTestsView:
    """Everything below an account, for its tests."""

    imports: tuple[str, ...]
    lists: tuple[RelatedListView, ...]
    links: tuple[RelatedLinkView, ...]


def related_tests(context: TestContext) -> RelatedTestsView:
    """What the tests of everything below an account print."""
    targets = {
        context.resources[one.resource].name: context.resources[one.resource]
        for one in context.resource.relations
        if isinstance(one, HasMany | ManyToMany)
    }
    made = {f"from {factory_module(one)} import {maker(one)}" for one in targets.values()}
    made |= {
        f"from {repository_module(one)} import {repository_import(one)}"
        for one in targets.values()
        if one.soft_delete
    }
    return RelatedTestsView(tuple(sorted(made)), tuple(_lists(context)), tuple(_links(context)))


def _lists(context: TestContext) -> Iterator[RelatedListView]:
    for relation, target, child in below(context):
        role = common_role(context, child)
        if isinstance(relation, HasMany) and role is not None:
            yield RelatedListView(
                name=relation.name,
                url=naming.dashed(relation.name),
                single=relation.single,
                target=key_view(target.id),
                role=role,
                mine=_made(context, relation, target, "me"),
                others=_made(context, relation, target, "other"),
                for_admins=_sees_all(child),
                confined=role != ADMIN,
            )


def _made(context: TestContext, relation: HasMany, target: Resource, who: str) -> str:
    user_id = f"{who}.user_id"
    if relation.via == target.owned:
        return f"{maker(target)}(database, {user_id})"
    owner = "" if target.owned is None else f", {user_id}"
    key = context.case.name(f"{relation.via}_id")
    return f"{maker(target)}(database{owner}, {key}=str({user_id}))"


def _sees_all(rule: RuleView) -> bool:
    return rule.admits(ADMIN) and not rule.confines(ADMIN)


def _links(context: TestContext) -> Iterator[RelatedLinkView]:
    for relation in context.resource.relations:
        if isinstance(relation, ManyToMany) and not relation.through:
            target = context.resources[relation.resource]
            own = rules(target.access)
            yield RelatedLinkView(
                name=relation.name,
                url=naming.dashed(relation.name),
                target=key_view(target.id),
                made=f"{maker(target)}(database{', me.user_id' if target.owned else ''})",
                role="" if sees(target, "user") else py(common_role(context, own["get"]) or ADMIN),
                hidden=f"{maker(target)}(database)" if is_hidden(target, "user") else "",
                lists="list" in target.operations and own["list"].admits("user"),
                for_admins=not is_hidden(target, ADMIN),
                soft=target.soft_delete,
                repository=repository_alias(target),
            )
