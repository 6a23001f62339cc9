"""A resource in GraphQL: its types, and what its operations and relations print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import naming
from generator.spec.model import Verb
from generator.views.attributes import attributes, is_changed, is_required, is_returned, is_sent
from generator.views.code import Code
from generator.views.graphql.relations import RelationView, below, targets
from generator.views.graphql.types import (
    GraphqlContext,
    arguments,
    field_line,
    field_type,
    filter_lines,
    input_line,
    key_type,
    one_name,
    output,
    parameters,
    sort_lines,
    type_name,
    type_names,
)
from generator.views.imports import import_lines
from generator.views.lookup import lookup, lookup_names
from generator.views.nested import links
from generator.views.rules import rules

VERBS: tuple[Verb, ...] = ("list", "get", "create", "update", "delete")


PARAMETERS = naming.words(
    "access admit asked caller found info read self sent shown spelled values"
)
"""What a field of a lookup calls other things by."""


@dataclass(frozen=True, slots=True)
class LookupParameter:
    """The parameter of a field that finds a row by a value of its own."""

    variable: str
    type: str
    attribute: str
    line: str
    """The value as the path of the URL takes it."""
    imports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphqlResourceView:
    """What the GraphQL module of one resource prints."""

    type: str
    names: dict[str, str]
    """The types beside it: its page, its filter, its order, and what is sent."""
    one: str
    many: str
    imports: tuple[str, ...]
    fields: tuple[str, ...]
    inputs: dict[str, tuple[str, ...]]
    filters: tuple[str, ...]
    sorts: tuple[str, ...]
    page: tuple[str, ...]
    parameters: str
    """Those of a list."""
    arguments: str
    """The same, for the schema of the query."""
    admits: dict[str, str]
    """The statement that asks the access rule of an operation."""
    targets: tuple[RelationView, ...]
    pages: tuple[RelationView, ...]
    singles: tuple[RelationView, ...]
    queried: bool
    """Whether anything can be asked of it at the top."""
    changed: bool
    """Whether anything of it can be changed."""
    key: str
    """The type of its id in a document."""
    selection: str
    """Every value, as a document asks for them."""
    enums: dict[str, str]
    """Values that are of an enum, with its class."""
    replaced: tuple[str, ...]
    """What is sent to replace a row."""
    links: dict[str, str]
    """The types of the ids at the other ends of links, by the relation."""
    lookup: LookupParameter | None
    id_type: str


def graphql_resource_view(context: GraphqlContext) -> GraphqlResourceView:
    """Everything that the GraphQL module of one resource prints."""
    resource = context.resource
    everything = attributes(resource, context.own.resources, context.own.case)
    read = [item for item in everything if is_returned(item)]
    sent = [item for item in everything if is_sent(item, resource)]
    changed = [item for item in sent if is_changed(item, resource)]
    fields = [field_line(item, output(item)) for item in read]
    inputs = {
        "create": [input_line(item, required=is_required(item)) for item in sent],
        "update": [input_line(item, required=False) for item in changed],
        "replace": [input_line(item, required=is_required(item)) for item in changed],
    }
    filters = [*filter_lines(resource, everything)]
    has = set(resource.operations)
    names = type_names(context, resource)
    return GraphqlResourceView(
        type=type_name(context, resource),
        names=names,
        one=one_name(resource),
        many=naming.variable(resource.plural),
        imports=import_lines(
            name for code in [*fields, *filters, *_flat(inputs.values())] for name in code.names
        ),
        fields=tuple(map(str, fields)),
        inputs={kind: tuple(map(str, lines)) for kind, lines in inputs.items()},
        filters=tuple(map(str, filters)),
        sorts=tuple(sort_lines(context)),
        page=tuple(f"{name}: {kind}" for name, kind in context.pages.told),
        parameters=parameters(context, resource),
        arguments=arguments(context, resource),
        admits=_admits(context),
        targets=tuple(targets(context)),
        pages=tuple(below(context, single=False)),
        singles=tuple(below(context, single=True)),
        queried=bool({"list", "get"} & has),
        changed=bool({"create", "update", "replace", "delete"} & has) or any(links(context.own)),
        key=key_type(resource),
        selection=" ".join(item.json for item in read),
        enums={item.json: item.field.enum for item in everything if item.field.enum},
        replaced=tuple(item.json for item in changed),
        links={
            relation.name: field_type(context.own.resources[relation.resource].id).text
            for relation in resource.relations
        },
        lookup=_lookup(context),
        id_type=field_type(resource.id).text,
    )


def _flat(lines: Iterable[list[Code]]) -> list[Code]:
    return [code for some in lines for code in some]


def _admits(context: GraphqlContext) -> dict[str, str]:
    """The statements that ask the rules: `caller =` where the service is told who asks."""
    if not context.own.has_rules:
        return dict.fromkeys((*VERBS, "link"), "")
    own = rules(context.resource.access)
    return {verb: f"admit(info, access.{own[verb].constant})" for verb in VERBS}


def _lookup(context: GraphqlContext) -> LookupParameter | None:
    """The parameter of what finds a row beside its id."""
    found = lookup(context.own)
    if found is None:
        return None
    name = context.resource.lookup
    field = next(one for one in context.resource.fields if one.name == name)
    return LookupParameter(
        variable=naming.variable(field.name, PARAMETERS),
        type=field_type(field).text,
        attribute=found.attribute,
        line=f"{found.attribute}: {found.parameter}",
        imports=import_lines(lookup_names(context.own)),
    )
