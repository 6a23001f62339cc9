"""What the tests of a resource need to know of single fields."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.spec.model import Field, Resource
from generator.views.attributes import Attribute
from generator.views.code import Enums
from generator.views.invalid import NO_KEYS, Invalid, invalid
from generator.views.keys import key_view
from generator.views.samples import FEW, Sample, key_sample, sample

LONGEST = 1000
"""A list past this many elements is not sent: its elements may be long too."""


def kept(item: Field) -> int:
    """How many valid elements stand before an invalid one, so that the list is not too long."""
    size = max(min(FEW, item.max_items or FEW), item.min_items or 0)
    return size if item.max_items is None or size < item.max_items else size - 1


def longest(fields: list[Attribute]) -> Iterator[tuple[str, int]]:
    """The lists that a test can make too long, and how many elements they may have."""
    for item in fields:
        most = item.field.max_items
        if most is not None and most <= LONGEST:
            yield item.name, most


def sample_of(item: Attribute, enums: Enums) -> Sample:
    """A valid value of an attribute that a client sends."""
    return key_sample(item.field) if item.name == "id" else sample(item.field, enums)


def invalid_of(item: Attribute, enums: Enums) -> Iterator[Invalid]:
    """Values of it that the API must refuse."""
    yield from invalid(item.field, enums)
    yield from NO_KEYS if item.name == "id" else ()


def references(sent: list[Attribute]) -> Iterator[tuple[str, str]]:
    """The references, each with the id of no row, as JSON carries it."""
    for item in sent:
        if item.relation is not None:
            key = key_view(item.field)
            yield item.name, key.json(key.missing)


def in_order(resource: Resource) -> str:
    """Newest first; by their ids where nothing says when rows were made."""
    made = resource.created_field is not None
    return "reversed(rows)" if made else 'sorted(rows, key=lambda row: row["id"])'


def written(resource: Resource) -> Iterator[str]:
    """What every write changes."""
    if resource.versioned:
        yield "version_"
    if resource.updated_field:
        yield naming.attribute(resource.updated_field)
