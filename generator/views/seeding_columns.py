"""How each column of a table is seeded."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import Check, Field
from generator.table import Column
from generator.views.code import Code
from generator.views.model_context import OURS, attribute_of
from generator.views.seeding_context import SeedContext, made
from generator.views.seeding_names import is_person
from generator.views.seeding_references import owner_column, reference
from generator.views.seeding_unique import counted, late
from generator.views.seeding_values import domain, key_domain

ITEMS = 3
"""So many elements a list may have, where the spec says nothing of it."""
ADDRESS = "email"
SECRET = Code("secret_hash()", (Name("secret_hash", "app.seeding.secret"),))
FLIPPED = {"<": "gt", "<=": "ge", ">": "lt", ">=": "le", "=": "eq", "!=": "ne"}
STRAIGHT = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq", "!=": "ne"}
"""What the right column must be to the left one, and the left to the right, by `operator`."""
EMAILS = made("emails", "254", module="app.seeding.domains")
ACCOUNT = {
    "email": made("firsts", "FIRST", made("each", EMAILS)),
    "password_hash": SECRET,
    "role": made("firsts", "Role", made("always", "Role.USER")),
    "is_active": made("always", "True"),
}
"""What every account has, by the name of the column."""


def columns(context: SeedContext) -> Iterator[tuple[str, Code]]:
    """The attributes that are filled when a row is made, each after what it may depend on."""
    waiting, done = late(context), dict[str, str]()
    for column in _ordered(context):
        attribute = attribute_of(column)
        code = None if attribute in waiting else _column(context, column)
        if code is not None:
            done[column.key] = attribute
            yield attribute, _nullable(_checked(context, column, code, done), column)
    if context.resource.search:
        texts = [py(naming.attribute(name)) for name in context.resource.search]
        yield "words_", made("found_by", *texts, module="app.seeding.found")


def _ordered(context: SeedContext) -> list[Column]:
    """The columns, the owner's before what not everyone may read."""
    resource, owner = context.resource, owner_column(context)
    stamps = (resource.created_field, resource.updated_field)
    kept = [column for column in context.table.columns if column.field not in OURS]
    return sorted(
        kept,
        key=lambda one: (
            one.key != "id",
            one.key not in stamps,
            bool(one.field.source) or _is_of_address(context, one),
            one.references is not None and one.name != owner,
        ),
    )


def _column(context: SeedContext, column: Column) -> Code | None:
    """What makes a value; None where the database does, or nothing can."""
    resource = context.resource
    if column.references is not None:
        known = column.references.table in context.before
        return reference(context, column, waits=False) if known else None
    if column.primary_key:
        return _key(column.field)
    if resource.built_in and column.key in ACCOUNT:
        return ACCOUNT[column.key]
    if column.key == resource.created_field:
        return made("created")
    if column.key == resource.updated_field:
        return made("updated")
    return _value(context, column)


def _key(item: Field) -> Code | None:
    if item.type == "uuid":
        return made("time_ordered")
    return made("each", key_domain(item)) if item.type == "string" else None


def _value(context: SeedContext, column: Column) -> Code:
    item, distinct = column.field, column.name in counted(context)
    if item.type == "password":
        return SECRET
    if item.source is not None:
        maker = "own_slug_of" if distinct else "slug_of"
        return made(maker, py(naming.attribute(item.source)), str(item.max_length or 100))
    code = domain(item, context.resource.name, distinct=distinct)
    if item.is_list:
        return _several(item, made("some", code))
    if item.type == "datetime" and not distinct:
        return made("afterwards")
    if not distinct and _is_of_address(context, column):
        return made("person_of", py(ADDRESS), made("some", code))
    return made("each" if distinct else "some", code)


def _is_of_address(context: SeedContext, column: Column) -> bool:
    """Whether it is the name of a person whose address the row has."""
    known = {one.key for one in context.table.columns}
    return ADDRESS in known and is_person(column.field, context.resource.name)


def _several(item: Field, element: Code) -> Code:
    least = item.min_items or 0
    most = max(least, ITEMS if item.max_items is None else min(item.max_items, ITEMS))
    return made("several", element, str(least), str(most))


def _nullable(code: Code, column: Column) -> Code:
    return made("maybe", code) if column.nullable else code


def _checked(context: SeedContext, column: Column, code: Code, done: dict[str, str]) -> Code:
    """The value, held to the columns that were filled before it."""
    for check in context.resource.checks:
        other = check.left if check.right == column.key else check.right
        if column.key in (check.left, check.right) and other in done and other != column.key:
            code = _held(context, column, check, code)
    return code


def _held(context: SeedContext, column: Column, check: Check, code: Code) -> Code:
    is_right = check.right == column.key
    other = check.left if is_right else check.right
    attribute = naming.attribute(other)
    if check.comparison == "=" and _alike(context, column, other):
        return made("same_as", py(attribute))
    word = (FLIPPED if is_right else STRAIGHT)[check.comparison]
    return made("holding", code, Code(word, (Name(word, "operator"),)), py(attribute))


def _alike(context: SeedContext, column: Column, other: str) -> bool:
    """Whether what the one may hold the other may, too."""
    found = next((item for item in context.resource.fields if item.name == other), None)
    mine = column.field
    return found is not None and all(
        getattr(found, name) == getattr(mine, name)
        for name in ("type", "enum", "scale", "precision", "ge", "gt", "le", "lt", "max_length")
    )
