"""What stands below a row in the URL: lists of other resources, and links to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.spec.model import HasMany, ManyToMany, Resource
from generator.views.keys import key_view
from generator.views.operation import (
    STATUSES,
    CachedView,
    Context,
    GuardView,
    OperationView,
    cached,
    depending,
    guard,
    id_type,
    link_variable,
    operation,
    repository_variable,
    route_name,
    stem,
    words,
)
from generator.views.rules import RuleView, rules
from generator.views.versions import VersionsView, versions_view
from generator.views.visibility import hides, writers


@dataclass(frozen=True, slots=True)
class NestedView:
    """A list, or one row, below another: `GET /authors/{id}/books`."""

    name: str
    route: str
    url: str
    stem: str
    words: str
    repository: str
    condition: str
    single: bool
    versioned: bool
    versions: VersionsView
    service: OperationView
    cached: CachedView
    parent_owner: str
    own: str
    """The annotation of the caller of a list below their own account."""
    own_decorator: str
    """The rule of such a list in the decorator, where whoever has an account is let in."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A many-to-many relation from one side: its list, and its URLs to link and unlink."""

    name: str
    route: str
    url: str
    id_parameter: str
    id_type: str
    parameter_type: str
    id_words: str
    an_other: str
    """The same behind its article."""
    own: str
    other: str
    table: str
    others: str
    operation: OperationView
    repository: str
    """That of the other end."""
    live: bool
    """Whether a row of the other end may be deleted and kept: it can't be linked then."""
    guard: GuardView | None
    """What has to be seen before it can be linked, where not everyone may see it."""


def nested(context: Context) -> Iterator[NestedView]:
    """The lists below a row that the spec names."""
    for relation in context.resource.relations:
        target = context.resources[relation.resource]
        if isinstance(relation, HasMany) and {"list", "get"} & set(target.operations):
            key = naming.attribute(f"{relation.via}_id")
            condition = f'{stem(target)}Repository.within("{key}", {context.resource.name}_id)'
            yield _nested_view(context, relation.name, target, condition, single=relation.single)
        if isinstance(relation, ManyToMany) and "list" in target.operations:
            own = repository_variable(context.resource)
            condition = f"self._{own}.{relation.name}_links().of({context.resource.name}_id)"
            yield _nested_view(context, relation.name, target, condition, single=False)


def _nested_view(
    context: Context, name: str, target: Resource, condition: str, *, single: bool
) -> NestedView:
    parent = rules(context.resource.access)["get"]
    child = rules(target.access)["get" if single else "list"]
    rule = f"{'access' if target.built_in else f'{target.plural}_access'}.{child.constant}"
    return NestedView(
        name=name,
        route=route_name(name),
        url=naming.dashed(name),
        stem=stem(target),
        words=words(name),
        repository=repository_variable(target),
        condition=condition,
        single=single,
        versioned=target.versioned,
        versions=versions_view(target),
        service=_nested_operation(context, target, parent, child),
        cached=cached(target, versioned=single and target.versioned),
        parent_owner=", owner=access.GET.owner(caller)" if parent.limited else "",
        own="OwnDep" if child.public else f"Annotated[Caller, Depends({rule})]",
        own_decorator=depending(context, rule) if child.public else "",
    )


def _nested_operation(
    context: Context, target: Resource, parent: RuleView, child: RuleView
) -> OperationView:
    """Both rules hold: the parent's for seeing it, the child's for its list."""
    same = target.name == context.resource.name
    module = "access" if same else f"{target.plural}_access"
    constants = {f"access.{parent.constant}": parent, f"{module}.{child.constant}": child}
    limited = [name for name, rule in constants.items() if rule.limited]
    passed = limited[-1:]
    others = [name for name in constants if name not in passed]
    signed = [] if all(rule.public for rule in constants.values()) else [401, 403]
    return OperationView(
        parameter="caller: Caller, " if passed else "",
        argument="caller, " if passed else "",
        dependency=f"caller: Annotated[Caller, Depends({passed[0]})], " if passed else "",
        decorator=depending(context, *others),
        owner=f", owner={module}.{child.constant}.owner(caller)" if child.limited else "",
        statuses=", ".join(map(str, sorted({*STATUSES["nested"], *signed}))),
    )


def _other_id(resource: Resource, relation: ManyToMany) -> str:
    """The parameter for the id at the other end: not the one for our own."""
    name = naming.singular(relation.name)
    return f"{name}_id" if name != resource.name else f"other_{name}_id"


def links(context: Context) -> Iterator[LinkView]:
    """The many-to-many relations that have a join table of their own."""
    for relation in context.resource.relations:
        if not isinstance(relation, ManyToMany) or relation.through:
            continue
        target = context.resources[relation.resource]
        guarded = hides(target, writers(context.resource, "update"))
        parameter = _other_id(context.resource, relation)
        yield LinkView(
            name=relation.name,
            route=route_name(relation.name),
            url=naming.dashed(relation.name),
            id_parameter=parameter,
            id_type=id_type(target).name,
            parameter_type=key_view(target.id).parameter.text,
            id_words=words(target.name),
            an_other=naming.with_article(words(target.name)),
            own=relation.own_column,
            other=relation.other_column,
            table=link_variable(context.resource, relation, context.resources),
            others=target.class_name,
            operation=operation(
                context, "link", guarded=guarded, versioned=context.resource.versioned
            ),
            repository=repository_variable(target),
            live=target.soft_delete,
            guard=guard(context, target, relation.name) if guarded else None,
        )
