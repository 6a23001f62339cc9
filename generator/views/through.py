"""Links through a resource of their own: what is listed on either side of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.spec.model import BelongsTo, ManyToMany, Resource
from generator.views.operation import Context, words


@dataclass(frozen=True, slots=True)
class ThroughView:
    """A many-to-many relation whose links are the rows of another resource."""

    name: str
    words: str
    through: str
    """That resource, in the plural, in a sentence."""
    linked: str
    """The class of the links."""
    model: str
    own: str
    other: str
    others: str


def through(context: Context) -> Iterator[ThroughView]:
    """The relations of a resource that go through another."""
    for relation, between in _relations(context):
        yield ThroughView(
            name=relation.name,
            words=words(relation.name),
            through=words(between.plural),
            linked=_linked(between).name,
            model=between.class_name,
            own=naming.attribute(key_of(between, relation.own_column)),
            other=naming.attribute(key_of(between, relation.other_column)),
            others=context.resources[relation.resource].class_name,
        )


def through_names(context: Context) -> Iterator[Name]:
    """What the repository imports for them."""
    for relation, between in _relations(context):
        yield _linked(between)
        yield Name("table_of", "app.links")
        for resource in (between, context.resources[relation.resource]):
            if resource.name != context.resource.name:
                yield Name(resource.class_name, context.module(resource, "model"))


def _linked(between: Resource) -> Name:
    if between.soft_delete:
        return Name("LiveLinked", "app.live_links")
    return Name("Linked", "app.links")


def key_of(resource: Resource, column: str) -> str:
    """The name in the API of a reference, by its column."""
    for relation in resource.relations:
        if isinstance(relation, BelongsTo) and relation.column == column:
            return f"{relation.name}_id"
    return column


def _relations(context: Context) -> Iterator[tuple[ManyToMany, Resource]]:
    for relation in context.resource.relations:
        if isinstance(relation, ManyToMany) and relation.through:
            yield relation, context.resources[relation.through]
