"""What leads from a row to others in GraphQL, through the services and under their rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.spec.model import BelongsTo, Relation, Resource
from generator.views.graphql.types import (
    IN_BODIES,
    GraphqlContext,
    arguments,
    mentioned,
    parameters,
    type_name,
    type_names,
)
from generator.views.nested import NestedView, nested
from generator.views.operation import stem, words
from generator.views.rules import RuleView, rules


@dataclass(frozen=True, slots=True)
class RelationView:
    """A field that leads to a row, or to a page of rows, of another resource."""

    attribute: str
    description: str
    admits: tuple[str, ...]
    """Statements that ask the access rules."""
    call: str
    """What reads it, from the service on."""
    key: str
    """The attribute that is null where there is none; empty where there always is one."""
    type: str
    names: tuple[str, ...]
    """The types of the other end that are mentioned."""
    module: str
    alias: str
    """The module as a variable, with a dot behind it; nothing where it is this one."""
    schemas: str
    """The module of the schemas of the other end, as a variable."""
    stem: str
    page: str
    parameters: str
    arguments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lead:
    """Where a relation leads, and how its row or rows are read."""

    relation: Relation
    target: Resource
    described: str
    admits: tuple[str, ...]
    call: str
    key: str = ""
    single: bool = True


def _asking(context: GraphqlContext, passed: str, *constants: str) -> tuple[str, ...]:
    """The statements that ask several rules, of which one tells the service who asks."""
    if not context.own.has_rules:
        return ()
    return tuple(
        f"caller = admit(info, {name})" if name == passed else f"admit(info, {name})"
        for name in dict.fromkeys(constants)
    )


def _is_reached(target: Resource, *operations: str) -> bool:
    """Whether GraphQL has the type: accounts stay where signing in is."""
    return not target.built_in and bool({*operations} & {*target.operations})


def targets(context: GraphqlContext) -> Iterator[RelationView]:
    """The fields that lead to what a row points at."""
    for relation in context.resource.relations:
        target = context.own.resources[relation.resource]
        if isinstance(relation, BelongsTo) and _is_reached(target, "get"):
            yield _view(context, _target(context, relation, target))


def _target(context: GraphqlContext, relation: BelongsTo, target: Resource) -> _Lead:
    is_limited = rules(target.access)["get"].limited
    rule = f"{_access(context, target)}.GET"
    key = f"self.stored_.{naming.attribute(relation.name + '_id')}"
    caller = "caller, " if is_limited else ""
    return _Lead(
        relation=relation,
        target=target,
        described=f"The {words(relation.name)}.",
        admits=_asking(context, rule if is_limited else "", rule),
        call=f"{stem(target)}Service(info.context.executor).get({caller}{key})",
        key=key if relation.nullable else "",
    )


def below(context: GraphqlContext, *, single: bool) -> Iterator[RelationView]:
    """The fields that lead to what points at a row, or is linked to it: one row, or pages."""
    relations = {relation.name: relation for relation in context.resource.relations}
    for item in nested(context.own):
        target = context.own.resources[relations[item.name].resource]
        if item.single == single and _is_reached(target, "list", "get"):
            yield _view(context, _nested(context, item, relations[item.name], target))


def _nested(
    context: GraphqlContext, item: NestedView, relation: Relation, target: Resource
) -> _Lead:
    kind, rest = ("get", "") if item.single else ("list", ", query")
    service = f"{stem(context.resource)}Service(info.context.executor)"
    return _Lead(
        relation=relation,
        target=target,
        described=f"The {item.words}." if item.single else f"One page of the {item.words}.",
        admits=_both_rules(context, target, kind),
        call=f"{service}.{kind}_{item.name}({item.service.argument}self.stored_.id{rest})",
        single=item.single,
    )


def _both_rules(context: GraphqlContext, target: Resource, kind: str) -> tuple[str, ...]:
    """The parent's rule for seeing it, and the child's for its list: as for the URL."""
    child = rules(target.access)["get" if kind == "get" else "list"]
    named: dict[str, RuleView] = {
        "access.GET": rules(context.resource.access)["get"],
        f"{_access(context, target)}.{child.constant}": child,
    }
    limited = [name for name, rule in named.items() if rule.limited]
    return _asking(context, limited[-1] if limited else "", *named)


def _access(context: GraphqlContext, target: Resource) -> str:
    return "access" if target.name == context.resource.name else f"{target.plural}_access"


def _view(context: GraphqlContext, lead: _Lead) -> RelationView:
    target = lead.target
    own = target.name == context.resource.name
    names, item = type_names(context, target), type_name(context, target)
    return RelationView(
        attribute=naming.variable(naming.attribute(lead.relation.name), IN_BODIES | {"stored_"}),
        description=lead.relation.description or lead.described,
        admits=lead.admits,
        call=lead.call,
        key=lead.key,
        type=item,
        names=(item,) if lead.single else (names["page"], *mentioned(context, target)),
        module=context.own.package(target),
        alias="" if own else f"{target.plural}_graphql.",
        schemas="schemas" if own else f"{target.plural}_schemas",
        stem=stem(target),
        page=names["page"],
        parameters=parameters(context, target),
        arguments=arguments(context, target),
    )
