"""A resource in GraphQL: its types, and what its operations and relations print."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name, Operator
from generator.spec.model import BelongsTo, Field, Resource, Verb
from generator.views.attributes import (
    Attribute,
    attributes,
    is_changed,
    is_required,
    is_returned,
    is_sent,
)
from generator.views.code import Code, Enums, enum_name
from generator.views.imports import import_lines
from generator.views.lookup import lookup
from generator.views.nested import links, nested
from generator.views.operation import Context, stem, words
from generator.views.pages import PagesView
from generator.views.queries import QUERY_WORDS, operators, sort_names
from generator.views.rules import RuleView, rules

SCALARS = "app.graphql.scalars"
UNSET = "strawberry.UNSET"
VERBS: tuple[Verb, ...] = ("list", "get", "create", "update", "delete")


def _scalar(name: str) -> Name:
    return Name(name, SCALARS)


TYPES: dict[str, Name] = {
    "smallint": Name("int"),
    "int": Name("int"),
    "bigint": _scalar("BigInt"),
    "float": Name("float"),
    "decimal": _scalar("Decimal"),
    "bool": Name("bool"),
    "date": _scalar("Date"),
    "time": _scalar("Time"),
    "datetime": _scalar("DateTime"),
    "duration": _scalar("Duration"),
    "uuid": Name("UUID", "uuid"),
    "json": _scalar("JSON"),
    "bytes": _scalar("Base64"),
}
"""Spec type to the type in a class of Strawberry; any other is a text."""
TEXT = Name("str")
SDL = {"str": "String", "int": "Int", "float": "Float", "bool": "Boolean"}
"""What GraphQL calls the types of Python."""

RESERVED = (
    {"Annotated", "Boolean", "Context", "Float", "ID", "Info", "Int", "Mutation", "Query", "Self"}
    | {"False", "None", "StrEnum", "Stored", "String", "Subscription", "TYPE_CHECKING", "True"}
    | {name.name for name in TYPES.values()}
)
"""Names of GraphQL's own, and those that the modules of resources use."""
IN_BODIES = {"strawberry"}
"""What the body of a class of Strawberry's mentions beside types."""
SUFFIXES = {"page": "Page", "filter": "Filter", "sort": "Sort"}
INPUTS = {"create": "Create", "update": "Update", "replace": "Replace"}


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
class GraphqlView:
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
    sent: dict[str, tuple[str, ...]]
    """What is sent to create a row, and to replace it."""
    lookup: str
    """The type of what finds a row beside its id; empty where nothing does."""
    id_type: str


@dataclass(frozen=True, slots=True)
class GraphqlContext:
    """What the view of one resource is made from."""

    own: Context
    enums: Enums
    pages: PagesView

    @property
    def resource(self) -> Resource:
        return self.own.resource

    @property
    def taken(self) -> set[str]:
        """Names that a type of GraphQL can't have, since another has them."""
        return {stem(one) for one in self.own.resources.values()} | set(self.enums.by_name)


def graphql_view(context: GraphqlContext) -> GraphqlView:
    """Everything that the GraphQL module of one resource prints."""
    resource = context.resource
    everything = attributes(resource, context.own.resources, context.own.case)
    read = [item for item in everything if is_returned(item)]
    sent = [item for item in everything if is_sent(item, resource)]
    changed = [item for item in sent if is_changed(item, resource)]
    fields = [_line(item, _output(item)) for item in read]
    inputs = {
        "create": [_input(item, required=is_required(item)) for item in sent],
        "update": [_input(item, required=False) for item in changed],
        "replace": [_input(item, required=is_required(item)) for item in changed],
    }
    filters = [*_filters(resource, everything)]
    targets = [*_targets(context)]
    below = [*_below(context)]
    has = set(resource.operations)
    names = _names(context, resource)
    return GraphqlView(
        type=type_name(context, resource),
        names=names,
        one=_one(resource),
        many=naming.variable(resource.plural),
        imports=import_lines(
            name for code in [*fields, *filters, *_flat(inputs.values())] for name in code.names
        ),
        fields=tuple(map(str, fields)),
        inputs={kind: tuple(map(str, lines)) for kind, lines in inputs.items()},
        filters=tuple(map(str, filters)),
        sorts=tuple(_sorts(context)),
        page=tuple(f"{name}: {kind}" for name, kind in context.pages.told),
        parameters=_parameters(context, resource),
        arguments=_arguments(context, resource),
        admits=_admits(context),
        targets=tuple(targets),
        pages=tuple(view for view, single in below if not single),
        singles=tuple(view for view, single in below if single),
        queried=bool({"list", "get"} & has),
        changed=bool({"create", "update", "replace", "delete"} & has) or any(links(context.own)),
        key=_key(resource),
        selection=" ".join(item.json for item in read),
        enums={item.json: item.field.enum for item in everything if item.field.enum},
        sent={
            "create": tuple(item.json for item in sent),
            "replace": tuple(item.json for item in changed),
        },
        lookup=_lookup(context),
        id_type=field_type(resource.id).name,
    )


def _flat(lines: Iterable[list[Code]]) -> list[Code]:
    return [code for some in lines for code in some]


def type_name(context: GraphqlContext, resource: Resource) -> str:
    """The type of a resource: as it is called, unless GraphQL or an enum is called that."""
    return _free(stem(resource), RESERVED | set(context.enums.by_name), "Object")


def _names(context: GraphqlContext, resource: Resource) -> dict[str, str]:
    taken = RESERVED | context.taken
    return {
        kind: _free(stem(resource) + suffix, taken, "Type")
        for kind, suffix in (SUFFIXES | INPUTS).items()
    }


def _free(name: str, taken: Collection[str], suffix: str) -> str:
    while name in taken:
        name += suffix
    return name


def _one(resource: Resource) -> str:
    name = f"one_{resource.name}" if resource.name == resource.plural else resource.name
    return naming.variable(name, IN_BODIES)


def _attribute(item: Attribute) -> str:
    return f"{item.attribute}_" if item.attribute in IN_BODIES else item.attribute


def field_type(item: Field) -> Name:
    """The type of a value."""
    return enum_name(item.enum) if item.enum else TYPES.get(item.type, TEXT)


def _key(resource: Resource) -> str:
    name = field_type(resource.id).name
    return SDL.get(name, name)


def _output(item: Attribute) -> Code:
    name = field_type(item.field)
    text = f"list[{name.name}]" if item.field.is_list else name.name
    return Code(text + (" | None" if item.nullable else ""), (name,))


def _line(item: Attribute, annotation: Code) -> Code:
    return Code(f"{_attribute(item)}: {annotation}", annotation.names)


def _optional(attribute: str, annotation: str) -> str:
    return f"{attribute}: {annotation} | None = {UNSET}"


def _input(item: Attribute, *, required: bool) -> Code:
    output = _output(item)
    plain = output.text.removesuffix(" | None")
    if required:
        return Code(f"{_attribute(item)}: {plain}", output.names)
    return Code(_optional(_attribute(item), plain), output.names)


def _filters(resource: Resource, everything: Iterable[Attribute]) -> Iterator[Code]:
    for item in everything:
        if (item.relation.name if item.relation else item.name) in resource.filter:
            yield from (_filter(item, word) for word in operators(item))


def _filter(item: Attribute, word: Operator) -> Code:
    plain = word == "eq" and item.name not in QUERY_WORDS
    attribute = naming.attribute(item.name + ("" if plain else f"__{word}"))
    attribute += "_" if attribute in IN_BODIES else ""
    name = Name("bool") if word == "isnull" else field_type(item.field)
    many = f"list[{name.name}]" if word == "in" else name.name
    return Code(_optional(attribute, many), (name,))


def _sorts(context: GraphqlContext) -> Iterator[str]:
    for name in sort_names(context.resource):
        json = context.own.case.name(name)
        yield f'{name.upper()}_ASC = "{json}"'
        yield f'{name.upper()}_DESC = "-{json}"'


def _asked(context: GraphqlContext, target: Resource) -> Iterator[tuple[str, str]]:
    """What a list of a resource may be asked with, each with its type."""
    names = _names(context, target)
    own = target.name == context.resource.name
    module = f"{context.own.package(target)}.graphql"
    if any(True for _ in _filters(target, attributes(target, context.own.resources))):
        yield "where", names["filter"] if own else _lazy(names["filter"], module)
    if target.sort:
        yield "sort", names["sort"] if own else _lazy(names["sort"], module)
    if target.search:
        yield "q", "str"
    yield from context.pages.asked


def _lazy(name: str, module: str) -> str:
    return f'Annotated["{name}", strawberry.lazy("{module}")]'


def _parameters(context: GraphqlContext, target: Resource) -> str:
    asked = _asked(context, target)
    return ", ".join(f"{name}: {kind} | None = None" for name, kind in asked)


def _arguments(context: GraphqlContext, target: Resource) -> str:
    names = [name for name, _ in _asked(context, target)]
    where = "where" if "where" in names else "None"
    return ", ".join([where, *(f"{name}={name}" for name in names if name != "where")])


def _admits(context: GraphqlContext) -> dict[str, str]:
    """The statements that ask the rules: `caller =` where the service is told who asks."""
    if not context.own.has_rules:
        return dict.fromkeys((*VERBS, "link"), "")
    own = rules(context.resource.access)
    return {verb: f"admit(info, access.{own[verb].constant})" for verb in VERBS}


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


def _targets(context: GraphqlContext) -> Iterator[RelationView]:
    """The fields that lead to what a row points at."""
    for relation in context.resource.relations:
        target = context.own.resources[relation.resource]
        if isinstance(relation, BelongsTo) and _is_reached(target, "get"):
            rule = rules(target.access)["get"]
            name = f"{_access(context, target)}.GET"
            key = f"self.stored_.{naming.attribute(relation.name + '_id')}"
            caller = "caller, " if rule.limited else ""
            yield _relation(
                context,
                relation.name,
                target,
                relation.description or f"The {words(relation.name)}.",
                admits=_asking(context, name if rule.limited else "", name),
                call=f"{stem(target)}Service(info.context.executor).get({caller}{key})",
                key=key if relation.nullable else "",
            )


def _below(context: GraphqlContext) -> Iterator[tuple[RelationView, bool]]:
    """The fields that lead to what points at a row, or is linked to it."""
    targets = {relation.name: relation for relation in context.resource.relations}
    for item in nested(context.own):
        relation = targets[item.name]
        target = context.own.resources[relation.resource]
        if not _is_reached(target, "list", "get"):
            continue
        kind = "get" if item.single else "list"
        rest = "" if item.single else ", query"
        service = f"{stem(context.resource)}Service(info.context.executor)"
        call = f"{service}.{kind}_{item.name}({item.service.argument}self.stored_.id{rest})"
        described = f"The {item.words}." if item.single else f"One page of the {item.words}."
        view = _relation(
            context,
            item.name,
            target,
            relation.description or described,
            admits=_below_asks(context, target, kind, passed=bool(item.service.argument)),
            call=call,
            listed=not item.single,
        )
        yield view, item.single


def _below_asks(
    context: GraphqlContext, target: Resource, kind: str, *, passed: bool
) -> tuple[str, ...]:
    """The parent's rule for seeing it, and the child's for its list: as in REST."""
    parent = rules(context.resource.access)["get"]
    child = rules(target.access)["get" if kind == "get" else "list"]
    named: dict[str, RuleView] = {
        "access.GET": parent,
        f"{_access(context, target)}.{child.constant}": child,
    }
    limited = [name for name, rule in named.items() if rule.limited]
    return _asking(context, limited[-1] if passed and limited else "", *named)


def _access(context: GraphqlContext, target: Resource) -> str:
    return "access" if target.name == context.resource.name else f"{target.plural}_access"


def _relation(
    context: GraphqlContext,
    name: str,
    target: Resource,
    description: str,
    *,
    admits: tuple[str, ...],
    call: str,
    key: str = "",
    listed: bool = False,
) -> RelationView:
    own = target.name == context.resource.name
    names = _names(context, target)
    asked = {word for word, _ in _asked(context, target)}
    return RelationView(
        attribute=naming.variable(naming.attribute(name), IN_BODIES | {"stored_"}),
        description=description,
        admits=admits,
        call=call,
        key=key,
        type=type_name(context, target),
        names=(names["page"], *_lazies(names, asked)) if listed else (type_name(context, target),),
        module=context.own.package(target),
        alias="" if own else f"{target.plural}_graphql.",
        schemas="schemas" if own else f"{target.plural}_schemas",
        stem=stem(target),
        page=names["page"],
        parameters=_parameters(context, target),
        arguments=_arguments(context, target),
    )


def _lazies(names: dict[str, str], asked: set[str]) -> Iterator[str]:
    for word, kind in (("where", "filter"), ("sort", "sort")):
        if word in asked:
            yield names[kind]


def _lookup(context: GraphqlContext) -> str:
    found = lookup(context.own)
    if found is None:
        return ""
    item = next(one for one in context.resource.fields if one.name == context.resource.lookup)
    return field_type(item).name

