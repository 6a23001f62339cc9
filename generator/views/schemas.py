"""What `schemas.py` prints: the bodies of requests and responses, and the query of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.model import Api, Resource
from generator.views.accepted import FIELD, accepted_key, accepted_reference, accepted_type
from generator.views.attributes import (
    Attribute,
    attributes,
    is_changed,
    is_fixed,
    is_made,
    is_returned,
    is_sent,
)
from generator.views.case import CASES
from generator.views.classes import BUILTINS, DERIVED
from generator.views.code import Code, Enums, default_value, enum_name, factory, special
from generator.views.imports import import_lines
from generator.views.json_values import json_value
from generator.views.queries import MISSING, query_lines

IMMUTABLE = Code("Immutable", (Name("Immutable", "app.immutable"),))
MISSED = Code("MISSING", (MISSING,))


@dataclass(frozen=True, slots=True)
class SchemasView:
    """The schemas of one resource, every line ready to print."""

    imports: tuple[str, ...]
    base: str
    """What the response is: a stored row, or one with a version."""
    aliases: tuple[str, ...]
    """Constrained types by name, so that creating and updating share them."""
    create: tuple[str, ...]
    update: tuple[str, ...]
    key: str
    """The line of the id, for one of several that are changed."""
    replace: tuple[str, ...]
    """All that may be changed, required and defaulted as on creating."""
    read: tuple[str, ...]
    query: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemaContext:
    """What the lines of one resource's schemas are made from."""

    resource: Resource
    resources: dict[str, Resource]
    enums: Enums
    api: Api
    names: frozenset[str] = frozenset()
    """What the module defines beside the schemas."""


def schemas_view(context: SchemaContext) -> SchemasView:
    """Every line of one resource's schemas."""
    resource = context.resource
    case = CASES[context.api.case]
    everything = attributes(resource, context.resources, case)
    aliases = dict(_aliases(context, everything))
    sent = [_create_line(context, item, aliases) for item in everything if is_sent(item, resource)]
    later = [item for item in everything if is_sent(item, resource)]
    changed = [_update_line(item, aliases) for item in later if is_changed(item, resource)]
    whole = [_create_line(context, item, aliases) for item in later if is_changed(item, resource)]
    fixed = [_field(item, IMMUTABLE, MISSED) for item in later if is_fixed(item, resource)]
    read = [_read_line(item) for item in everything if is_returned(item)]
    query = [*query_lines(resource, everything, case)]
    key = _key_line(resource)
    codes = [key, *aliases.values(), *sent, *changed, *fixed, *read, *query]
    return SchemasView(
        imports=import_lines(name for code in codes for name in code.names),
        base="Versioned" if resource.versioned else "Stored",
        aliases=tuple(f"{code.text}" for code in aliases.values()),
        create=tuple(map(str, sent)),
        update=tuple(map(str, [*changed, *fixed])),
        key=str(key),
        replace=tuple(map(str, [*whole, *fixed])),
        read=tuple(map(str, read)),
        query=tuple(map(str, query)),
    )


def _aliases(context: SchemaContext, everything: Iterable[Attribute]) -> Iterator[tuple[str, Code]]:
    """A named type for each field that a client sends and that has constraints of its own."""
    taken = _taken(context)
    for item in everything:
        if item.relation is None and is_sent(item, context.resource):
            accepted = _accepted(item)
            if "[" in accepted.text:
                name = _free(naming.pascal(item.name), taken)
                taken.add(name)
                yield item.name, Code(f"{name} = {accepted}", accepted.names)


def _taken(context: SchemaContext) -> set[str]:
    """Names that a module of schemas uses already."""
    own = {f"{naming.pascal(context.resource.name)}{suffix}" for suffix in DERIVED}
    types = {
        name.name
        for row in TYPES.values()
        for name in (row.python, row.accepted, row.returned, row.parameter)
    }
    enums = set(context.enums.by_name)
    fixed = {
        "Annotated",
        "Literal",
        "Field",
        "MISSING",
        "Schema",
        "SizedBase64",
        "Changes",
        "Items",
        "Immutable",
        "Many",
        "Stored",
        "Versioned",
        "Page",
        "Paging",
        "UTC",
    }
    return own | types | enums | fixed | BUILTINS | context.names


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "Value"
    return name


def _sent_type(item: Attribute, aliases: dict[str, Code]) -> Code:
    if item.name in aliases:
        alias = Code(aliases[item.name].text.split(" = ")[0])
    else:
        alias = _accepted(item)
    optional = " | None" if item.nullable else ""
    return Code(f"{alias}{optional}", alias.names)


def _accepted(item: Attribute) -> Code:
    if item.relation is not None:
        return accepted_reference(item.field)
    return accepted_key(item.field) if item.name == "id" else accepted_type(item.field)


def _key_line(resource: Resource) -> Code:
    key = accepted_reference(resource.id)
    return Code(f"id: {key}", key.names)


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
    if default.text.startswith("Field(default"):
        return default.text.removeprefix("Field(").removesuffix(")")
    return f"default={default}"


def _field_options(item: Attribute) -> list[str]:
    options = [f"alias={py(item.json)}"] if item.attribute != item.name else []
    if item.field.description and item.relation is None:
        options.append(f"description={py(item.field.description)}")
    return options


def _create_line(context: SchemaContext, item: Attribute, aliases: dict[str, Code]) -> Code:
    if is_made(item):
        return _update_line(item, aliases)
    return _field(item, _sent_type(item, aliases), _create_default(context, item))


def _create_default(context: SchemaContext, item: Attribute) -> Code | None:
    default = item.field.default if item.relation is None else None
    if default is None:
        return Code("None") if item.nullable else None
    if default.kind != "value":
        made = special(default.kind, item.field.type)
        return Code(f"Field(default_factory={made})", (*made.names, FIELD))
    value = default_value(item.field, default, context.enums)
    if item.field.type == "json" or item.field.is_list:
        return Code(f"Field(default_factory={factory(value)})", (*value.names, FIELD))
    if isinstance(default.value, bytes):  # as a client sends it, and the document says it
        sent = py(json_value(item.field, default.value))
        return Code(f"Field(default={sent}, validate_default=True)", (FIELD,))
    return value


def _update_line(item: Attribute, aliases: dict[str, Code]) -> Code:
    annotation = _or_missing(_sent_type(item, aliases))
    return _field(item, annotation, MISSED)


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
    optional = " | None" if item.nullable and text != "Any" else ""
    return Code(text + optional, (name,))
