"""Who acts in the tests of a resource, and which rows of other resources they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.literals import py
from generator.spec.model import Auth, BelongsTo, HasMany, ManyToMany, Resource, Verb
from generator.views.attributes import Attribute, is_required
from generator.views.case import CaseView
from generator.views.code import Enums
from generator.views.keys import KeyView, key_view
from generator.views.rules import RuleView, rules
from generator.views.testing_names import (
    factory_module,
    repository_alias,
    repository_import,
    repository_module,
)
from generator.views.visibility import is_hidden, sees, writers


@dataclass(frozen=True, slots=True)
class ActorView:
    """Who does something in a test: the lines that make them, and how they are spoken of."""

    parameter: str
    """The fixture, `sign_in: SignIn` or `client: AsyncClient`."""
    setup: str
    client: str
    owner: str
    """`, session.user_id` in a call of a factory, or nothing."""


@dataclass(frozen=True, slots=True)
class MakerView:
    """For whom a factory makes rows: the owner where there are users, and else nobody."""

    parameter: str
    argument: str
    needs: str
    """The sentence on rows that one of them needs."""


SOMEBODY = MakerView(
    parameter="owner_id: UUID | None = None, ",
    argument=", owner_id",
    needs="Rows that it needs are made, and are the owner's where they have one.",
)
ANYBODY = MakerView(parameter="", argument="", needs="Rows that it needs are made.")


@dataclass(frozen=True, slots=True)
class ParentView:
    """A row that one of ours needs, and the factory that makes it."""

    name: str
    key: str
    make: str
    module: str
    is_user: bool
    key_view: KeyView

    @property
    def id(self) -> str:
        """The id of a new one that is somebody else's, as JSON carries it."""
        return self.key_view.json(f'(await {self.make}(database))["id"]')


@dataclass(frozen=True, slots=True)
class OptionalParentView:
    """A row that one of ours may point at, and the line that makes its id."""

    name: str
    key: str
    module: str
    make: str
    made: str


@dataclass(frozen=True, slots=True)
class NestedTestView:
    """A list below a row: the URL, and the factory of what it lists."""

    name: str
    url: str
    make: str
    module: str
    owner: str
    """`, session.user_id` in a call of the factory, or nothing."""
    link: str
    """What makes a row of the factory's one of the list; `{}` stands for the row above."""
    single: bool
    target: KeyView
    actor: ActorView
    confined: bool
    """Whether the actor sees their own rows of the list alone."""
    soft: bool
    """Whether a delete keeps what is listed."""
    repository: str
    repository_import: tuple[str, str]
    searched: tuple[str, ...]
    """The attributes by whose words the list is searched."""


@dataclass(frozen=True, slots=True)
class TestContext:
    """What the tests of one resource are made from."""

    resource: Resource
    resources: dict[str, Resource]
    enums: Enums
    auth: Auth | None
    case: CaseView


NOBODY = ActorView("client: AsyncClient", "", "client", "")
"""Nobody has signed in."""


def session(role: str) -> ActorView:
    """Somebody of that role."""
    setup = f"session = await sign_in({py(role)})"
    return ActorView("sign_in: SignIn", setup, "session.client", ", session.user_id")


def actor(rule: RuleView, *, signed_in: bool = False) -> ActorView:
    """The least that a rule lets in."""
    return NOBODY if rule.public and not signed_in else session(rule.role)


def parents(context: TestContext, sent: list[Attribute]) -> Iterator[ParentView]:
    """The rows without which none of ours can be."""
    for item in sent:
        if item.relation is not None and is_required(item):
            yield parent_view(context, item.relation)


def parent_view(context: TestContext, relation: BelongsTo) -> ParentView:
    """The row at the other end of a reference."""
    target = context.resources[relation.resource]
    return ParentView(
        name=relation.name,
        key=context.case.name(f"{relation.name}_id"),
        make=f"make_{target.name}",
        module=factory_module(target),
        is_user=target.built_in,
        key_view=key_view(target.id),
    )


def optional_parents(
    context: TestContext, changed: list[Attribute], updater: ActorView, role: str
) -> Iterator[OptionalParentView]:
    """The rows that one of ours may point at, as far as the updater, of that role, sees them."""
    for item in changed:
        if item.relation is not None and item.nullable:
            if not sees(context.resources[item.relation.resource], role):
                continue
            parent = parent_view(context, item.relation)
            owner = updater.owner
            new = f'(await {parent.make}(database{owner}))["id"]'
            made = f"parent_id = {parent.key_view.json(new)}"
            if parent.is_user:
                made = "parent_id = str(await make_user(database))"
            yield OptionalParentView(parent.name, parent.key, parent.module, parent.make, made)


def nested(context: TestContext) -> Iterator[NestedTestView]:
    """The lists below one of ours that somebody may see."""
    for relation, target, child in below(context):
        parent = rules(context.resource.access)["get"]
        role = common_role(context, parent, child)
        if isinstance(relation, HasMany) and role is not None:
            made_by = NOBODY if parent.public and child.public else session(role)
            yield NestedTestView(
                name=relation.name,
                url=naming.dashed(relation.name),
                make=maker(target),
                module=factory_module(target),
                owner="" if target.built_in else made_by.owner,
                link=link(context, relation, target),
                single=relation.single,
                target=key_view(target.id),
                actor=made_by,
                confined=child.confines(role),
                soft=target.soft_delete,
                repository=repository_alias(target),
                repository_import=(repository_module(target), repository_import(target)),
                searched=tuple(map(naming.attribute, target.search)),
            )


def link(context: TestContext, relation: HasMany, target: Resource) -> str:
    """How a factory is told of the row above: as JSON has it, but for what no sign-up asks."""
    back = next(one for one in target.relations if one.name == relation.via)
    name = f"{relation.via}_id"
    if target.built_in and isinstance(back, BelongsTo) and back.nullable:
        return f"{name}={{}}"
    value = key_view(context.resource.id).json("{}")
    return f"{context.case.name(name)}={value}"


def maker(resource: Resource) -> str:
    """The factory that returns a stored row."""
    return "make_account" if resource.built_in else f"make_{resource.name}"


def below(context: TestContext) -> Iterator[tuple[HasMany | ManyToMany, Resource, RuleView]]:
    """The relations that have a URL below one of ours, and the rule of what they show."""
    for relation in context.resource.relations:
        target = context.resources[relation.resource]
        if isinstance(relation, BelongsTo):
            continue
        single = isinstance(relation, HasMany) and relation.single
        verb: Verb = "get" if single else "list"
        shown = {"list"} if isinstance(relation, ManyToMany) else {"list", "get"}
        if shown & set(target.operations):
            yield relation, target, rules(target.access)[verb]


def common_role(context: TestContext, *needed: RuleView) -> str | None:
    """A role that all the rules admit, the least first; None where there is none."""
    known = roles(context) or ("user",)
    return next((role for role in known if all(rule.admits(role) for rule in needed)), None)


def strangers(context: TestContext, verb: Verb, target: Resource) -> Iterator[str]:
    """The roles that may write one of ours and may not see somebody else's of the target."""
    write = writers(context.resource, verb)
    for role in roles(context):
        if write.admits(role) and is_hidden(target, role):
            yield role


def roles(context: TestContext) -> tuple[str, ...]:
    """Every role there is, the least first; none without accounts."""
    return ("user", *context.auth.roles) if context.auth else ()
