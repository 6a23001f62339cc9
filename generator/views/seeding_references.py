"""How seeded rows point at each other, as far as whom they belong to may read the others."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.features.demands import is_read_apart
from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import OWNER, BelongsTo, ManyToMany, Resource
from generator.table import Column
from generator.views.code import Code
from generator.views.seeding_context import READERS, SEEDS, SeedContext, made
from generator.views.seeding_unique import is_single

PLAIN = {
    (False, False): "one_of",
    (False, True): "own_of",
    (True, False): "earlier_of",
    (True, True): "previous_of",
}
"""What makes a reference, by whether it leads to its own table, and to a row of its own."""
READ = {
    (False, False): "one_read_by",
    (False, True): "one_read_by",
    (True, False): "earlier_read_by",
    (True, True): "previous_read_by",
}
"""The same where the row belongs to somebody who may not read all that it could point at."""


def reference(context: SeedContext, column: Column, *, waits: bool) -> Code:
    """The id of another row; nothing where none fits is said around it."""
    target, lead = context.target(column), _leading(context)
    single = is_single(context.table, column)
    shape = target.table == context.table.name, single
    if lead is not None and column.name == owner_column(context):
        name = "owner_of_next" if is_single(context.table, lead) else "reader_of"
        return made(name, readers(context.target(lead)), module=READERS)
    held = owner_attribute(context.resource) is not None
    if not (held and is_read_apart(target)) or (column is lead and single):
        return made(PLAIN[shape], py(target.table))
    return made(READ[shape], _held_by(context, waits=waits), readers(target), module=READERS)


def owner_column(context: SeedContext) -> str | None:
    """The column with whom a row belongs to."""
    owned = (one for one in context.resource.relations if one.name == context.resource.owned)
    return next((one.column for one in owned if isinstance(one, BelongsTo)), None)


def readers(target: Resource) -> Code:
    """Who may read the rows of what not everyone may read."""
    roles = tuple(word for word in target.access.get if word != OWNER)
    arguments = [py(target.table), py(owner_attribute(target)), *([py(roles)] if roles else [])]
    return made("Readers", *arguments, module=READERS)


def links(context: SeedContext) -> Iterator[Code]:
    """The tables of pairs that a resource declares."""
    for relation in context.resource.relations:
        if isinstance(relation, ManyToMany) and not (relation.mirrored or relation.through):
            target = context.resources[relation.resource]
            left = (relation.own_column, context.resource.table)
            right = (relation.other_column, target.table)
            ends = f"{py(relation.table)}, {py(left)}, {py(right)}"
            yield _link(context.resource, target, ends)


def _link(left: Resource, right: Resource, ends: str) -> Code:
    """Pairs of any two, or of those that the owners on both sides may read."""
    apart = (
        is_read_apart(left) and bool(owner_attribute(right)),
        is_read_apart(right) and bool(owner_attribute(left)),
    )
    if not any(apart):
        return Code(f"Link({ends})", (Name("Link", SEEDS),))
    both = [
        readers(one) if limited else Code("None")
        for one, limited in zip((left, right), apart, strict=True)
    ]
    owners = py((owner_attribute(left) or "", owner_attribute(right) or ""))
    names = [name for one in both for name in one.names]
    told = f"owners={owners}, readers=({both[0]}, {both[1]})"
    return Code(f"ReadLink({ends}, {told})", (Name("ReadLink", READERS), *names))


def _leading(context: SeedContext) -> Column | None:
    """The reference without which a row can't be, and by which it finds whom it belongs to."""
    owner = owner_column(context)
    if owner is None or is_single(context.table, context.table.column(owner)):
        return None
    able = (one for one in context.table.columns if one.references and not one.nullable)
    return next((one for one in able if is_read_apart(context.target(one))), None)


def owner_attribute(resource: Resource) -> str | None:
    """The attribute that says whom a row belongs to; an account is its own."""
    if resource.built_in:
        return "id"
    return None if resource.owned is None else naming.attribute(f"{resource.owned}_id")


def _held_by(context: SeedContext, *, waits: bool) -> Code:
    holder = py(owner_attribute(context.resource))
    if not waits:
        return made("owner_in", holder, module=READERS)
    return made("owner_here", py(context.table.name), holder, module=READERS)
