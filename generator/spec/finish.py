"""What a resource leaves unsaid, filled in once its links are known."""

from __future__ import annotations

from dataclasses import replace

from generator.spec.access import resolved_access
from generator.spec.grammar import Grammar
from generator.spec.model import BelongsTo, Field, Relation, Resource, Spec
from generator.spec.resources import Drawn
from generator.spec.vocabulary import UNKNOWN


def finished(
    drawn: Drawn, relations: tuple[Relation, ...], spec: Spec, grammar: Grammar
) -> Resource:
    """The resource with its relations, its access, and what it may be filtered and sorted by."""
    resource = replace(drawn.resource, relations=relations)
    unsaid = _unsaid_filter(resource, grammar)
    if resource.built_in:
        return replace(resource, filter=unsaid, sort=unsaid)
    created = (resource.created_field,) if resource.created_field else ()
    return replace(
        resource,
        access=resolved_access(drawn.values.get("access", {}), resource, spec),
        filter=drawn.values.get("filter", unsaid),
        sort=drawn.values.get("sort", (*unsaid, *created)),
    )


def _unsaid_filter(resource: Resource, grammar: Grammar) -> tuple[str, ...]:
    """Indexed fields, enums and relations, as far as they may be seen."""
    leading = {columns[0] for columns in resource.unique if columns}
    leading |= {columns[0].name for columns in resource.indexes if columns}
    fields = [
        field.name
        for field in resource.fields
        if (field.index or field.unique or field.type == "enum" or field.name in leading)
        and not (field.hidden or field.writeonly or field.encrypted or field.is_list)
        and filterable(field, grammar)
    ]
    links = [one.name for one in resource.relations if isinstance(one, BelongsTo)]
    return (*fields, *links)


def filterable(field: Field, grammar: Grammar) -> bool:
    """Whether a list may be filtered by a field of this type."""
    families = {row.name: row.family for row in grammar.types}
    family = families.get(field.type, "enum")
    return field.type not in (UNKNOWN, "password") and family not in ("json", "bytes")
