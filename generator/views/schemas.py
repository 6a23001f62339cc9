"""What `schemas.py` prints: the bodies of requests and responses, and the query of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator import naming
from generator.fieldtypes import TYPES, Name, Operator
from generator.literals import py
from generator.spec.model import Api, BelongsTo, Field, Resource
from generator.views.code import Code, Enums, default_value, enum_name, literal, special, whole
from generator.views.imports import import_lines

ANNOTATED = Name("Annotated", "typing")
FIELD = Name("Field", "pydantic")
MISSING = Name("MISSING", "pydantic")
QUERY_WORDS = frozenset({"q", "sort", "limit", "cursor", "page", "size", "total"})
"""Parameters of every list; a field of such a name is filtered as `q__eq`."""

COMPARISONS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
"""Pydantic's names of bounds, and what they say."""

MAX_CHOICES = 100


@dataclass(frozen=True, slots=True)
class SchemasView:
    """The schemas of one resource, every line ready to print."""

    imports: tuple[str, ...]
    aliases: tuple[str, ...]
    """Constrained types by name, so that creating and updating share them."""
    create: tuple[str, ...]
    update: tuple[str, ...]
    read: tuple[str, ...]
    query: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One value of a resource as the API has it: a field, a foreign key, an id or a timestamp."""

    name: str
    """As in the spec, and in JSON where the case is snake."""
    field: Field
    nullable: bool
    relation: BelongsTo | None = None

    @property
    def attribute(self) -> str:
        """The Python attribute that carries it."""
        return naming.attribute(self.name)


@dataclass(frozen=True, slots=True)
class SchemaContext:
    """What the lines of one resource's schemas are made from."""

    resource: Resource
    resources: dict[str, Resource]
    enums: Enums
    api: Api


def attributes(resource: Resource, resources: dict[str, Resource]) -> tuple[Attribute, ...]:
    """Everything that a client may see or send, in the order of the spec: id first, stamps last."""
    stamps = [name for name in (resource.created_field, resource.updated_field) if name]
    return (
        Attribute("id", resource.id, nullable=False),
        *(Attribute(item.name, item, item.nullable) for item in resource.fields),
        *(
            Attribute(f"{item.name}_id", resources[item.resource].id, item.nullable, item)
            for item in resource.relations
            if isinstance(item, BelongsTo)
        ),
        *(Attribute(name, _stamp(name), nullable=False) for name in stamps),
    )


def _stamp(name: str) -> Field:
    return Field(name=name, type="datetime", readonly=True)


def is_sent(item: Attribute, resource: Resource) -> bool:
    """Whether a client sends it when it creates a row."""
    if item.name == "id":
        return resource.id.type == "string"
    if item.relation is not None:
        return item.relation.name != resource.owned
    return not (item.field.readonly or item.field.hidden)


def is_changed(item: Attribute, resource: Resource) -> bool:
    """Whether a client may change it later."""
    return is_sent(item, resource) and item.name != "id" and not item.field.immutable


def is_returned(item: Attribute) -> bool:
    """Whether clients see it."""
    if item.relation is not None or item.name == "id":
        return True
    return not (item.field.hidden or item.field.writeonly or item.field.type == "password")


def is_required(item: Attribute) -> bool:
    """Whether creating needs it."""
    return not item.nullable and (item.relation is not None or item.field.default is None)


def schemas_view(context: SchemaContext) -> SchemasView:
    """Every line of one resource's schemas."""
    resource = context.resource
    everything = attributes(resource, context.resources)
    aliases = dict(_aliases(context, everything))
    sent = [_create_line(context, item, aliases) for item in everything if is_sent(item, resource)]
    changed = [
        _update_line(context, item, aliases) for item in everything if is_changed(item, resource)
    ]
    read = [_read_line(item) for item in everything if is_returned(item)]
    query = [*_query_lines(context, everything)]
    codes = [*aliases.values(), *sent, *changed, *read, *query]
    return SchemasView(
        imports=import_lines(name for code in codes for name in code.names),
        aliases=tuple(f"{code.text}" for code in aliases.values()),
        create=tuple(map(str, sent)),
        update=tuple(map(str, changed)),
        read=tuple(map(str, read)),
        query=tuple(map(str, query)),
    )


def _aliases(context: SchemaContext, everything: Iterable[Attribute]) -> Iterator[tuple[str, Code]]:
    """A named type for each field that a client sends and that has constraints of its own."""
    taken = _taken(context)
    for item in everything:
        if item.relation is None and is_sent(item, context.resource):
            accepted = accepted_type(item.field)
            if "[" in accepted.text:
                name = _free(naming.pascal(item.name), taken)
                taken.add(name)
                yield item.name, Code(f"{name} = {accepted}", accepted.names)


def _taken(context: SchemaContext) -> set[str]:
    """Names that a module of schemas uses already."""
    own = {
        f"{context.resource.class_name}{suffix}"
        for suffix in ("Create", "Update", "Read", "Page", "Query")
    }
    types = {
        name.name for row in TYPES.values() for name in (row.accepted, row.returned, row.parameter)
    }
    enums = {naming.class_name(name) for name in context.enums.by_name}
    fixed = {
        "Annotated",
        "Literal",
        "Field",
        "MISSING",
        "Schema",
        "Stored",
        "Page",
        "PageQuery",
        "UTC",
    }
    return own | types | enums | fixed | {"None", "True", "False"}


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "Value"
    return name


def accepted_type(item: Field) -> Code:
    """The annotation of a field in a request, constraints included."""
    element = _element_type(item)
    if not item.is_list:
        return element
    limits = _arguments(min_length=item.min_items, max_length=item.max_items)
    return _constrained(Code(f"list[{element}]", element.names), limits)


def _element_type(item: Field) -> Code:
    if item.enum is not None:
        name = enum_name(item.enum)
        return Code(name.name, (name,))
    row = TYPES[item.type]
    if item.type == "decimal":
        return _exact(item)
    base = Code(row.accepted.name, (row.accepted,))
    return _constrained(base, [*_lengths(item), *_bounds(item), *_pattern(item)])


def _lengths(item: Field) -> list[Code]:
    return _arguments(min_length=item.min_length, max_length=item.max_length)


def _bounds(item: Field) -> list[Code]:
    values = {name: getattr(item, name) for name in COMPARISONS}
    bounds = {
        name: float(bound) if item.type == "float" else whole(COMPARISONS[name], bound)
        for name, bound in values.items()
        if bound is not None
    }
    return _arguments(**bounds)


def _pattern(item: Field) -> list[Code]:
    return [] if item.pattern is None else _arguments(pattern=item.pattern)


def _arguments(**values: object) -> list[Code]:
    return [Code(f"{name}={py(value)}") for name, value in values.items() if value is not None]


def _constrained(base: Code, arguments: list[Code]) -> Code:
    if not arguments:
        return base
    inner = ", ".join(map(str, arguments))
    return Code(f"Annotated[{base}, Field({inner})]", (*base.names, ANNOTATED, FIELD))


def _exact(item: Field, *, bounded: bool = True) -> Code:
    names = [ANNOTATED, Name("Decimal", "decimal"), Name("Exact", "app.schemas")]
    arguments = [str(item.precision), str(item.scale)]
    for bound in COMPARISONS if bounded else ():
        value: Decimal | None = getattr(item, bound)
        if value is not None:
            arguments.append(f"{bound}={literal(value)}")
    return Code(f"Annotated[Decimal, Exact({', '.join(arguments)})]", tuple(names))


def _sent_type(context: SchemaContext, item: Attribute, aliases: dict[str, Code]) -> Code:
    if item.name in aliases:
        alias = Code(aliases[item.name].text.split(" = ")[0])
    elif item.relation is not None:
        alias = accepted_type(_key(item.field))
    else:
        alias = accepted_type(item.field)
    optional = " | None" if item.nullable else ""
    return Code(f"{alias}{optional}", alias.names)


def _key(item: Field) -> Field:
    """The type of a foreign key: the form of the key, not its bounds."""
    return Field(name=item.name, type=item.type, max_length=item.max_length)


def _field(item: Attribute, annotation: Code, default: Code | None) -> Code:
    names = [*annotation.names, *(default.names if default else ())]
    options = _field_options(item)
    if not options:
        tail = f" = {default}" if default else ""
        return Code(f"{item.attribute}: {annotation}{tail}", tuple(names))
    if default is not None:
        options = [_as_option(default), *options]
    return Code(f"{item.attribute}: {annotation} = Field({', '.join(options)})", (*names, FIELD))


def _as_option(default: Code) -> str:
    if default.text.startswith("Field(default_factory="):
        return default.text.removeprefix("Field(").removesuffix(")")
    return f"default={default}"


def _field_options(item: Attribute) -> list[str]:
    options = [f"alias={py(item.name)}"] if item.attribute != item.name else []
    if item.field.description and item.relation is None:
        options.append(f"description={py(item.field.description)}")
    return options


def _create_line(context: SchemaContext, item: Attribute, aliases: dict[str, Code]) -> Code:
    return _field(item, _sent_type(context, item, aliases), _create_default(context, item))


def _create_default(context: SchemaContext, item: Attribute) -> Code | None:
    default = item.field.default if item.relation is None else None
    if default is None:
        return Code("None") if item.nullable else None
    if default.kind != "value":
        made = special(default.kind, item.field.type)
        return Code(f"Field(default_factory={made})", (*made.names, FIELD))
    value = default_value(item.field, default, context.enums)
    if item.field.type == "json" or item.field.is_list:
        return Code(f"Field(default_factory=lambda: {value})", (*value.names, FIELD))
    return value


def _update_line(context: SchemaContext, item: Attribute, aliases: dict[str, Code]) -> Code:
    annotation = _or_missing(_sent_type(context, item, aliases))
    return _field(item, annotation, Code("MISSING"))


def _or_missing(sent: Code) -> Code:
    """None stands last in a union."""
    plain = sent.text.removesuffix(" | None")
    optional = " | None" if plain != sent.text else ""
    return Code(f"{plain} | MISSING{optional}", (*sent.names, MISSING))


def _read_line(item: Attribute) -> Code:
    returned = _returned_type(item)
    return _field(item, returned, None)


def _returned_type(item: Attribute) -> Code:
    name = enum_name(item.field.enum) if item.field.enum else TYPES[item.field.type].returned
    text = f"list[{name.name}]" if item.field.is_list else name.name
    optional = " | None" if item.nullable and name.name != "Any" else ""
    return Code(text + optional, (name,))


def _query_lines(context: SchemaContext, everything: tuple[Attribute, ...]) -> Iterator[Code]:
    if context.resource.sort:
        yield _sort_line(context.resource)
    for item in everything:
        if (item.relation.name if item.relation else item.name) in context.resource.filter:
            yield from (_filter_line(item, word) for word in operators(item))


def _sort_line(resource: Resource) -> Code:
    words = [word for name in sort_names(resource) for word in (name, f"-{name}")]
    choices = ", ".join(map(py, words))
    return Code(
        f"sort: Literal[{choices}] | MISSING = MISSING", (Name("Literal", "typing"), MISSING)
    )


def sort_names(resource: Resource) -> list[str]:
    """The names that `?sort=` knows; a relation sorts by its key."""
    relations = {item.name for item in resource.relations}
    return [f"{name}_id" if name in relations else name for name in resource.sort]


def default_sort(resource: Resource) -> str:
    """Newest first, where the resource knows when its rows were made; else by id."""
    return f"-{resource.created_field}" if resource.created_field else "id"


def operators(item: Attribute) -> Iterator[Operator]:
    """The filters that make sense for an attribute."""
    words = ("eq", "ne", "in") if item.relation else TYPES[_row(item.field)].operators
    yield from words
    if item.nullable and words:
        yield "isnull"


def _row(item: Field) -> str:
    return "enum" if item.enum else item.type


def _filter_line(item: Attribute, word: Operator) -> Code:
    plain = word == "eq" and item.name not in QUERY_WORDS
    name = item.name if plain else f"{item.name}__{word}"
    annotation = _parameter(item, word)
    whole = f"{annotation} | MISSING"
    names = (*annotation.names, MISSING)
    attribute = naming.attribute(name)
    if attribute == name:
        return Code(f"{name}: {whole} = MISSING", names)
    return Code(f"{attribute}: {whole} = Field(default=MISSING, alias={py(name)})", (*names, FIELD))


def _parameter(item: Attribute, word: Operator) -> Code:
    if word == "isnull":
        name = Name("BoolParam", "app.filters")
        return Code(name.name, (name,))
    one = _parameter_type(item.field)
    if word != "in":
        return one
    many = Code(f"list[{one}]", one.names)
    return _constrained(many, _arguments(min_length=1, max_length=MAX_CHOICES))


def _parameter_type(item: Field) -> Code:
    if item.enum is not None:
        name = enum_name(item.enum)
        return Code(name.name, (name,))
    if item.type == "decimal":
        return _exact(item, bounded=False)
    name = TYPES[item.type].parameter
    return Code(name.name, (name,))
