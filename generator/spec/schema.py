"""The language for editors: a JSON Schema (draft 2020-12) that agrees with the loader.

All that the loader accepts is valid here. What is refused here the loader refuses too; what a
schema cannot say (references, families of types, circles, collisions) is the loader's alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator import naming
from generator.spec import access, header, resources, shapes
from generator.spec.expressions import BOUNDS, FLAGS, KINDS, ON_DELETE
from generator.spec.fields import ID_TYPES
from generator.spec.grammar import FeatureGrammar, Grammar, OptionGrammar

Schema = dict[str, Any]

ID = "https://json-schema.org/draft/2020-12/schema"
_DURATION = r"^[-+]?(?:[0-9.]+[dhms])+$|^[-+]?P[0-9.WDTHMS]+$"
_MOST_LENGTH, _MOST_ITEMS, _MOST_DIGITS = 16 * 1024 * 1024, 10_000, 38


def json_schema(grammar: Grammar) -> Schema:
    """The schema of `service.yaml` for a grammar."""
    return {
        "$schema": ID,
        "title": "Scaffold service",
        **_object(_root(), required=("scaffold", "service"), nullable=False),
        "if": {"properties": {"auth": {"const": header.NO_AUTH}}, "required": ["auth"]},
        "then": {"properties": {"resources": {"properties": {"user": _ref("resource")}}}},
        "else": {"properties": {"resources": {"properties": {"user": _ref("user")}}}},
        "$defs": _definitions(grammar),
    }


def _root() -> Schema:
    return {
        "scaffold": _told("The version of the language.", const=header.VERSION),
        "service": _ref("service"),
        "database": _told("The engine: sqlite is embedded.", enum=[*header.ENGINES]),
        "api": _ref("api"),
        "auth": {"anyOf": [{"const": header.NO_AUTH}, _ref("auth")]},
        "features": _ref("features"),
        "enums": _ref("enums"),
        "resources": _ref("resources"),
    }


def _definitions(grammar: Grammar) -> Schema:
    return {
        "name": _name(),
        "service": _object(_service(), required=("name",), nullable=False),
        "api": _object(_api()),
        "auth": _object(_auth(grammar)),
        "features": _object({one.name: _feature(one) for one in grammar.features}),
        "enums": _enums(),
        "resources": _map("name", {"anyOf": [_ref("resource"), _ref("user")]}, "Tables, by name."),
        "resource": _object(_resource()),
        "user": _object({key: _resource()[key] for key in ("fields", "relations")}),
        "field": {"anyOf": [_field_line(grammar), _field(grammar)]},
        "relation": {"anyOf": [_relation_line(), _relation()]},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _told(description: str, **schema: Any) -> Schema:
    return {"description": description, **schema}


def _text(description: str = "", **schema: Any) -> Schema:
    return {**({"description": description} if description else {}), "type": "string", **schema}


def _flag(description: str = "") -> Schema:
    return {**({"description": description} if description else {}), "type": "boolean"}


def _integer(lowest: int, highest: int, description: str = "") -> Schema:
    told = {"description": description} if description else {}
    return {**told, "type": "integer", "minimum": lowest, "maximum": highest}


def _object(properties: Schema, required: Sequence[str] = (), nullable: bool = True) -> Schema:
    """A mapping with fixed keys; one with nothing in it is as if left out."""
    found: Schema = {
        "type": ["object", "null"] if nullable else "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return {**found, "required": [*required]} if required else found


def _map(names: str, values: Schema, description: str) -> Schema:
    return {
        "description": description,
        "type": ["object", "null"],
        "propertyNames": _ref(names),
        "additionalProperties": values,
    }


def _list(item: Schema, description: str = "", least: int = 0) -> Schema:
    told = {"description": description} if description else {}
    found = {**told, "type": "array", "items": item, "uniqueItems": True}
    return {**found, "minItems": least} if least else found


def _pattern(pattern: str) -> str:
    """A pattern of ours, which starts at the start, as one of JSON Schema, which searches."""
    return "^" + pattern.removesuffix(r"\Z") + "$"


def _name() -> Schema:
    pattern = _pattern(shapes.NAME.pattern)
    return {"type": "string", "pattern": pattern, "maxLength": naming.LONGEST_NAME}


def _service() -> Schema:
    pattern = _pattern(shapes.SERVICE_NAME.pattern)
    return {
        "name": _text("Its slug.", pattern=pattern, maxLength=shapes.LONGEST_SERVICE_NAME),
        "title": _text("What people call it."),
        "description": _text("What it is for."),
    }


def _api() -> Schema:
    return {
        "version": _text("URLs are /api/v1/...", pattern=_pattern(header.API_VERSION.pattern)),
        "pagination": _told("How lists are cut.", enum=[*header.PAGINATIONS]),
        "page_size": _integer(1, header.MOST_ROWS, "Rows of a page."),
        "max_page_size": _integer(1, header.MOST_ROWS, "The most rows that a client may ask for."),
        "case": _told("The names in JSON.", enum=[*header.CASES]),
    }


def _auth(grammar: Grammar) -> Schema:
    role = {"allOf": [_ref("name"), {"not": {"enum": [*header.RESERVED_ROLES]}}]}
    methods = {"enum": [*grammar.auth_methods]}
    return {
        "methods": _list(methods, "How callers prove who they are.", least=1),
        "roles": _list(role, "Roles beside user and admin."),
        "signup": _told("Who may make an account.", enum=[*header.SIGNUPS]),
        "check_user": _flag("Ask the database on each request whether the account is active."),
        "sessions": _told("Where sessions of browsers are.", enum=[*header.STORES]),
    }


def _feature(feature: FeatureGrammar) -> Schema:
    options = {option.name: _option(option) for option in feature.options}
    if feature.kinds:
        options["kind"] = {"enum": [*feature.kinds]}
    words: list[Schema] = [{"enum": [*feature.kinds]}] if feature.kinds else []
    return {"anyOf": [{"type": "boolean"}, *words, _object(options, nullable=False)]}


_OPTIONS: Mapping[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
    "bool": {"type": "boolean"},
    "duration": {"type": "string", "pattern": _DURATION},
}


def _option(option: OptionGrammar) -> Schema:
    found = {"enum": [*option.choices]} if option.choices else dict(_OPTIONS[option.type])
    return _told(option.description, **found) if option.description else found


def _enums() -> Schema:
    pattern = _pattern(shapes.CLASS_NAME.pattern)
    values = _list({"type": "string"}, least=1)
    label = {"type": ["string", "null"]}
    before = _text("The value that it had before.")
    more = _object({"label": {"type": "string"}, "renamed_from": before}, nullable=False)
    labelled = {
        "type": "object",
        "additionalProperties": {"anyOf": [label, more]},
        "minProperties": 1,
    }
    return {
        "description": "Closed lists of texts: values, or values and labels.",
        "type": ["object", "null"],
        "propertyNames": {"pattern": pattern, "maxLength": naming.LONGEST_NAME},
        "additionalProperties": {"anyOf": [values, labelled]},
    }


def _columns() -> Schema:
    return _list(_list({"type": "string"}, least=1))


def _resource() -> Schema:
    names = {"type": "string"}
    who = {"anyOf": [{"type": "string"}, _list({"type": "string"}, least=1)]}
    ids = "|".join(ID_TYPES)
    stamps = _object({"created": _ref("name"), "updated": _ref("name")}, nullable=False)
    return {
        "description": _text("What a row is."),
        "fields": _map("name", _ref("field"), "Columns, by name."),
        "relations": _map("name", _ref("relation"), "Links, by name."),
        "id": _text("uuid, int, bigint or a string.", pattern=rf"^\s*(?:{ids})(?![\w-])"),
        "timestamps": {"anyOf": [{"type": "boolean"}, stamps]},
        "plural": _ref("name"),
        "renamed_from": _ref("name"),
        "operations": _list({"enum": [*resources.OPERATIONS]}, "What clients may do.", least=1),
        "unique": _columns(),
        "indexes": _columns(),
        "checks": _list(_text(pattern=r"^\s*\w+\s*(<=|>=|!=|=|<|>)\s*\w+\s*$")),
        "owned": {"anyOf": [{"type": "boolean"}, _owner()]},
        "access": _object(dict.fromkeys(access.KEYS, who)),
        "lookup": _text("A unique field by which a row may be fetched."),
        "table": _database_name(),
        "filter": _list(names, "Fields that a list may be filtered by."),
        "sort": _list(names, "Fields that a list may be sorted by."),
        "search": _list(names, "Text fields for ?q=."),
        "soft_delete": _flag("A delete hides the row and keeps it."),
        "versioned": _flag("ETag on reads, If-Match on writes."),
        "events": _list({"enum": [*resources.EVENTS]}, "What is published."),
        "cache": _text("How long reads are cached: 60s.", pattern=_DURATION),
    }


def _owner() -> Schema:
    return {"allOf": [_ref("name"), {"not": {"enum": ["yes", "no", "on", "off"]}}]}


def _database_name() -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": naming.LONGEST_NAME}


def _types(grammar: Grammar) -> str:
    names = "|".join(row.name for row in grammar.types)
    return rf"(?:{names}|[A-Z][A-Za-z0-9]*)(?![\w-])"


def _field_line(grammar: Grammar) -> Schema:
    told = "type? modifiers = default, as in `string(1..120) index`"
    return _text(told, pattern=rf"^\s*{_types(grammar)}")


def _field(grammar: Grammar) -> Schema:
    lengths = {"min_length": _integer(0, _MOST_LENGTH), "max_length": _integer(1, _MOST_LENGTH)}
    digits = {"precision": _integer(1, _MOST_DIGITS), "scale": _integer(0, _MOST_DIGITS)}
    items = {"min_items": _integer(0, _MOST_ITEMS), "max_items": _integer(1, _MOST_ITEMS)}
    properties = {
        "type": _text(pattern=rf"^\s*{_types(grammar)}"),
        "nullable": _flag(),
        **{flag: _flag() for flag in FLAGS},
        "default": {},
        **lengths,
        **{key: {"type": "number"} for key in BOUNDS.values()},
        "pattern": _text("Searched, not anchored."),
        **digits,
        **items,
        "from": _ref("name"),
        "column": _database_name(),
        "description": _text(),
        "example": {},
        "renamed_from": _ref("name"),
    }
    return _object(properties, required=("type",), nullable=False)


def _relation_line() -> Schema:
    told = "kind resource? modifiers, as in `belongs_to author`"
    return _text(told, pattern=rf"^\s*(?:{'|'.join(KINDS)})\s+\w")


def _relation() -> Schema:
    properties = {
        "type": {"enum": [*KINDS]},
        "resource": _ref("name"),
        "nullable": _flag(),
        "unique": _flag(),
        "on_delete": {"enum": [*ON_DELETE]},
        "inverse": _ref("name"),
        "through": _ref("name"),
        "column": _database_name(),
        "description": _text(),
        "renamed_from": _ref("name"),
    }
    return _object(properties, required=("type", "resource"), nullable=False)
