"""What the seeds of a table print: how each column is filled, and what waits until others are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import Check, Field, ManyToMany, Resource
from generator.table import Column, Table
from generator.views.code import Code, Enums
from generator.views.imports import import_lines
from generator.views.model_context import OURS, attribute_of, model_name
from generator.views.seeding_order import seeded
from generator.views.seeding_values import domain, key_domain

MAKERS = "app.seeding.makers"
SEEDS = "app.seeding.seeds"
FEW = 20
"""So many accounts are enough, where nothing needs one to itself."""
ITEMS = 3
"""So many elements a list may have, where the spec says nothing of it."""

ENDLESS = frozenset(
    {"string", "text", "email", "url", "slug", "int", "bigint", "date", "datetime", "uuid"}
)
"""Types of which there are enough values for all rows."""

FLIPPED = {"<": "gt", "<=": "ge", ">": "lt", ">=": "le", "=": "eq", "!=": "ne"}
STRAIGHT = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq", "!=": "ne"}
"""What the right column must be to the left one, and the left to the right, by `operator`."""

ACCOUNT = {
    "email": "firsts(FIRST, each(emails(254)))",
    "password_hash": "secret_hash()",
    "role": "firsts(Role, always(Role.USER))",
    "is_active": "always(True)",
}
"""What every account has, by the name of the column."""
ACCOUNT_NAMES = (
    *(Name(name, MAKERS) for name in ("firsts", "each", "always")),
    Name("emails", "app.seeding.domains"),
    Name("secret_hash", "app.seeding.secret"),
)


@dataclass(frozen=True, slots=True)
class SeedsView:
    """The seeds of a table: imports, and the arguments of `Seeds(...)` but the model."""

    imports: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeedContext:
    """What the seeds of one table are made from."""

    resource: Resource
    resources: dict[str, Resource]
    tables: dict[str, Table]
    enums: Enums
    before: frozenset[str]
    """The tables that have rows when this one gets its own."""

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.tables[self.resource.table]


def seed_context(
    resource: Resource, resources: dict[str, Resource], tables: dict[str, Table], enums: Enums
) -> SeedContext:
    """What the seeds of a resource are made from."""
    names = [one.table for one in seeded(resources.values())]
    before = frozenset(names[: names.index(resource.table)])
    return SeedContext(resource, resources, tables, enums, before)


def seeds_view(context: SeedContext) -> SeedsView:
    """The seeds of one resource."""
    late = _late(context)
    columns = dict(_columns(context, late))
    later = {name: _reference(context, column) for name, column in late.items()}
    links = [*_links(context)]
    names = [name for code in (*columns.values(), *later.values(), *links) for name in code.names]
    lines = [
        *_mapping("columns", columns),
        *(_mapping("later", later) if later else ()),
        *_others(context, links),
    ]
    own = () if context.resource.built_in else (model_name(context.resource),)
    return SeedsView(import_lines([*names, *own, Name("Seeds", SEEDS)]), tuple(lines))


def _mapping(name: str, values: dict[str, Code]) -> Iterator[str]:
    yield f"{name}={{"
    yield from (f"    {py(attribute)}: {code}," for attribute, code in values.items())
    yield "},"


def _others(context: SeedContext, links: list[Code]) -> Iterator[str]:
    groups = [tuple(map(attribute_of, group)) for group in _groups(context)]
    if groups:
        yield f"distinct={py(groups)},"
    if links:
        yield f"links=[{', '.join(map(str, links))}],"
    if context.resource.updated_field:
        yield f"stamp={py(naming.attribute(context.resource.updated_field))},"
    if context.resource.built_in and not _is_owned_singly(context):
        yield f"most={FEW},"


def _is_owned_singly(context: SeedContext) -> bool:
    """Whether rows of some table each need one of ours that no other has."""
    own = context.table.name
    return any(
        column.references is not None
        and column.references.table == own
        and _is_single(table, column)
        for table in context.tables.values()
        for column in table.columns
    )


def _is_single(table: Table, column: Column) -> bool:
    return any(unique.columns == (column.name,) for unique in table.uniques)


def _late(context: SeedContext) -> dict[str, Column]:
    """The references that wait for other rows, by attribute."""
    left_out = {group[0].name for group in _raw_groups(context) if all(map(_refers, group))}
    return {
        attribute_of(column): column
        for column in context.table.columns
        if column.references is not None and column.references.table not in context.before
        if column.nullable and column.name not in left_out
    }


def _refers(column: Column) -> bool:
    return column.references is not None


def _raw_groups(context: SeedContext) -> Iterator[list[Column]]:
    for unique in context.table.uniques:
        if len(unique.columns) > 1:
            yield [context.table.column(name) for name in unique.columns]


def _groups(context: SeedContext) -> Iterator[list[Column]]:
    """The columns that together are unique, as far as they are filled at once."""
    counted = _counted(context)
    late = {column.name for column in _late(context).values()}
    for group in _raw_groups(context):
        if not any(column.name in counted for column in group):
            yield [column for column in group if column.name not in late]


def _counted(context: SeedContext) -> frozenset[str]:
    """The columns in which no two rows have the same."""
    late = {column.name for column in _late(context).values()}
    singles = {one.columns[0] for one in context.table.uniques if len(one.columns) == 1}
    for group in _raw_groups(context):
        rest = [column for column in group if column.name not in late]
        fitting = (one.name for one in rest if one.field.type in ENDLESS and not one.field.is_list)
        if not any(map(_refers, rest)) and not singles & {one.name for one in group}:
            singles |= {name for name in [next(fitting, None)] if name is not None}
    return frozenset(singles)


def _columns(context: SeedContext, late: dict[str, Column]) -> Iterator[tuple[str, Code]]:
    done: dict[str, str] = {}
    for column in _ordered(context):
        attribute = attribute_of(column)
        code = None if attribute in late else _column(context, column)
        if code is None:
            continue
        done[column.key] = attribute
        yield attribute, _nullable(_checked(context, column, code, done), column)


def _ordered(context: SeedContext) -> list[Column]:
    """The columns, each after what its value may depend on."""
    resource = context.resource
    stamps = (resource.created_field, resource.updated_field)
    kept = [column for column in context.table.columns if column.field not in OURS]
    return sorted(
        kept, key=lambda one: (one.key != "id", one.key not in stamps, bool(one.field.source))
    )


def _column(context: SeedContext, column: Column) -> Code | None:
    """What makes a value; None where the database does."""
    resource = context.resource
    if column.references is not None:
        known = column.references.table in context.before
        return _reference(context, column) if known else None
    if column.primary_key:
        return _key(column.field)
    if resource.built_in and column.key in ACCOUNT:
        return Code(ACCOUNT[column.key], ACCOUNT_NAMES)
    if column.key == resource.created_field:
        return _made("created")
    if column.key == resource.updated_field:
        return _made("updated")
    return _value(context, column)


def _key(item: Field) -> Code | None:
    if item.type == "uuid":
        return _made("time_ordered")
    return _made("each", key_domain(item)) if item.type == "string" else None


def _value(context: SeedContext, column: Column) -> Code:
    item, distinct = column.field, column.name in _counted(context)
    if item.type == "password":
        return Code("secret_hash()", (Name("secret_hash", "app.seeding.secret"),))
    if item.source is not None:
        maker = "own_slug_of" if distinct else "slug_of"
        return _made(maker, py(naming.attribute(item.source)), str(item.max_length or 100))
    code = domain(item, context.resource.name, distinct=distinct)
    if item.is_list:
        return _several(item, _made("some", code))
    return _made("each" if distinct else "some", code)


def _several(item: Field, element: Code) -> Code:
    least = item.min_items or 0
    most = max(least, ITEMS if item.max_items is None else min(item.max_items, ITEMS))
    return _made("several", element, str(least), str(most))


def _nullable(code: Code, column: Column) -> Code:
    return _made("maybe", code) if column.nullable else code


def _reference(context: SeedContext, column: Column) -> Code:
    """The id of another row; nothing where none fits is said around it."""
    key = column.references
    target = key.table if key else ""
    to_itself, single = target == context.table.name, _is_single(context.table, column)
    name = {
        (False, False): "one_of",
        (False, True): "own_of",
        (True, False): "earlier_of",
        (True, True): "previous_of",
    }[to_itself, single]
    return _made(name, py(target))


def _made(name: str, *arguments: Code | str) -> Code:
    names = [one for item in arguments if isinstance(item, Code) for one in item.names]
    return Code(f"{name}({', '.join(map(str, arguments))})", (Name(name, MAKERS), *names))


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
        return _made("same_as", py(attribute))
    word = (FLIPPED if is_right else STRAIGHT)[check.comparison]
    return _made("holding", code, Code(word, (Name(word, "operator"),)), py(attribute))


def _alike(context: SeedContext, column: Column, other: str) -> bool:
    """Whether what the one may hold the other may, too."""
    found = next((item for item in context.resource.fields if item.name == other), None)
    mine = column.field
    return found is not None and all(
        getattr(found, name) == getattr(mine, name)
        for name in ("type", "enum", "scale", "precision", "ge", "gt", "le", "lt", "max_length")
    )


def _links(context: SeedContext) -> Iterator[Code]:
    resource = context.resource
    for relation in resource.relations:
        if isinstance(relation, ManyToMany) and not (relation.mirrored or relation.through):
            target = context.resources[relation.resource].table
            left, right = (relation.own_column, resource.table), (relation.other_column, target)
            arguments = f"{py(relation.table)}, {py(left)}, {py(right)}"
            yield Code(f"Link({arguments})", (Name("Link", SEEDS),))
