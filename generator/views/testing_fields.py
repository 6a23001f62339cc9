"""What the tests of a resource need to know of single fields."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.spec.model import Field, Resource
from generator.views.attributes import Attribute, is_fixed, is_made, is_required, is_unique
from generator.views.code import Enums
from generator.views.invalid import NO_KEYS, Invalid, invalid
from generator.views.keys import key_view
from generator.views.queries import operators, sort_names
from generator.views.rules import RuleView
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
            yield item.json, most


def sample_of(item: Attribute, enums: Enums) -> Sample:
    """A valid value of an attribute that a client sends."""
    return key_sample(item.field) if item.name == "id" else sample(item.field, enums)


def invalid_of(item: Attribute, enums: Enums) -> Iterator[Invalid]:
    """Values of it that the API must refuse."""
    yield from invalid(item.field, enums)
    yield from NO_KEYS if item.name == "id" else ()


def refused(everything: tuple[Attribute, ...], taken: tuple[Attribute, ...]) -> tuple[str, ...]:
    """Names that a request must not have: what is not taken, and what is by another name."""
    others = tuple(item.json for item in everything if item not in taken)
    return others + tuple(item.attribute for item in taken if item.attribute != item.json)


def unchanged(
    everything: tuple[Attribute, ...], changed: tuple[Attribute, ...], resource: Resource
) -> tuple[tuple[str, str], ...]:
    """Names that a change must not have, and the code of the refusal: some are known, and fixed."""
    fixed = {item.json for item in everything if is_fixed(item, resource)}
    return tuple(
        (name, "immutable" if name in fixed else "extra_forbidden")
        for name in (*refused(everything, changed), "unheard_of")
    )


def references(sent: list[Attribute]) -> Iterator[tuple[str, str]]:
    """The references, each with the id of no row, as JSON carries it."""
    for item in sent:
        if item.relation is not None:
            key = key_view(item.field)
            yield item.json, key.json(key.missing)


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


def is_reset(item: Attribute) -> bool:
    """Whether it is null where a client gives none."""
    default = None if item.relation else item.field.default
    empty = default is None or (default.kind == "value" and default.value is None)
    return item.nullable and empty and not is_made(item)


def steps_of(resource: Resource) -> dict[str, int]:
    """How many samples ahead each compared field is, so that a row passes its checks."""
    steps: dict[str, int] = {name: 0 for c in resource.checks for name in (c.left, c.right)}
    for _ in resource.checks:
        for check in resource.checks:
            low, high = (check.left, check.right)
            if check.comparison in (">", ">="):
                low, high = high, low
            if check.comparison != "=":
                steps[high] = max(steps[high], steps[low] + 1)
    return steps


def uniques_of(
    resource: Resource, sent: list[Attribute], create: RuleView
) -> Iterator[tuple[str, ...]]:
    """What has to be equal for a second row to be refused, where a client can make it so."""
    sent = [item for item in sent if item.relation is None or is_required(item)]
    names = {(i.relation.name if i.relation else i.name): i.json for i in sent}
    if resource.owned and not create.public:
        names[resource.owned] = ""
    singles = [(i.json,) for i in sent if is_unique(i) and i.relation is None]
    singles += [(i.json,) for i in sent if i.relation is not None and i.relation.unique]
    groups = [g for g in resource.unique if all(name in names for name in g)]
    yield from singles
    yield from (tuple(names[name] for name in g if names[name]) for g in groups)


def filtered_by(
    resource: Resource,
    fields: list[Attribute],
    samples: dict[str, Sample],
    words: tuple[str, ...],
) -> Iterator[Attribute]:
    """The fields that a test can filter by with these operators."""
    for item in fields:
        wanted = item.name in resource.filter and samples[item.name].distinct > 1
        if wanted and set(words) <= set(operators(item)):
            yield item


def sorted_by(resource: Resource, everything: tuple[Attribute, ...]) -> Iterator[tuple[str, str]]:
    """What a list may be sorted by: names, and their attributes."""
    by_name = {item.name: item for item in everything}
    for name in sort_names(resource):
        if name in by_name:
            yield by_name[name].json, by_name[name].attribute
