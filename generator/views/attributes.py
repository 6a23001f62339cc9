"""The values of a resource as the API has them, and what a client may do with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import naming
from generator.spec.model import BelongsTo, Field, Resource
from generator.views.case import SNAKE, CaseView


@dataclass(frozen=True, slots=True)
class Attribute:
    """One value of a resource as the API has it: a field, a foreign key, an id or a timestamp."""

    name: str
    """As in the spec."""
    field: Field
    nullable: bool
    relation: BelongsTo | None = None
    case: CaseView = SNAKE

    @property
    def json(self) -> str:
        """Its name in JSON."""
        return self.case.name(self.name)

    @property
    def attribute(self) -> str:
        """The Python attribute that carries it."""
        return naming.attribute(self.name)


def attributes(
    resource: Resource, resources: dict[str, Resource], case: CaseView = SNAKE
) -> tuple[Attribute, ...]:
    """Everything that a client may see or send, in the order of the spec: id first, stamps last."""
    return tuple(replace(item, case=case) for item in _attributes(resource, resources))


def _attributes(resource: Resource, resources: dict[str, Resource]) -> Iterator[Attribute]:
    stamps = [name for name in (resource.created_field, resource.updated_field) if name]
    yield Attribute("id", resource.id, nullable=False)
    for item in resource.fields:
        yield Attribute(item.name, item, item.nullable)
    for link in resource.relations:
        if isinstance(link, BelongsTo):
            yield Attribute(f"{link.name}_id", resources[link.resource].id, link.nullable, link)
    for name in stamps:
        yield Attribute(name, _stamp(name), nullable=False)


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


def is_fixed(item: Attribute, resource: Resource) -> bool:
    """Whether a client sends it when it creates a row, and never later."""
    return is_sent(item, resource) and not is_changed(item, resource)


def is_returned(item: Attribute) -> bool:
    """Whether clients see it."""
    if item.relation is not None or item.name == "id":
        return True
    return not (item.field.hidden or item.field.writeonly or item.field.type == "password")


def is_unique(item: Attribute) -> bool:
    """Whether no two rows may have the same."""
    return item.field.unique or item.name == "id"


def is_required(item: Attribute) -> bool:
    """Whether creating needs it."""
    if item.nullable or is_made(item):
        return False
    return item.relation is not None or item.field.default is None


def is_made(item: Attribute) -> bool:
    """Whether it is made from another field where a client gives none."""
    return item.relation is None and item.field.source is not None
