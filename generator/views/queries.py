"""What the query of a list prints: its order, and a parameter for each filter."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.fieldtype import EQUALITY, Name, Operator
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.model import Field, Resource
from generator.views.accepted import FIELD, arguments, constrained, exact
from generator.views.attributes import Attribute
from generator.views.case import CaseView
from generator.views.code import Code, enum_name

MISSING = Name("MISSING", "pydantic")
QUERY_WORDS = frozenset({"q", "sort", "limit", "cursor", "page", "size", "total"})
"""Parameters of every list; a field of such a name is filtered as `q__eq`."""

MAX_CHOICES = 100


def query_lines(
    resource: Resource, everything: tuple[Attribute, ...], case: CaseView
) -> Iterator[Code]:
    """The lines of the query's schema."""
    if resource.sort:
        yield _sort_line(resource, case)
    if resource.search:
        yield Code("q: Sought | MISSING = MISSING", (Name("Sought", "app.words"), MISSING))
    for item in everything:
        if (item.relation.name if item.relation else item.name) in resource.filter:
            yield from (_filter_line(item, word) for word in operators(item))


def _sort_line(resource: Resource, case: CaseView) -> Code:
    choices = ", ".join(map(py, sort_words(resource, case)))
    return Code(
        f"sort: Literal[{choices}] | MISSING = MISSING", (Name("Literal", "typing"), MISSING)
    )


def sort_words(resource: Resource, case: CaseView) -> tuple[str, ...]:
    """What `?sort=` may say."""
    names = map(case.name, sort_names(resource))
    return tuple(word for name in names for word in (name, f"-{name}"))


def sort_names(resource: Resource) -> list[str]:
    """The names that `?sort=` knows; a relation sorts by its key."""
    relations = {item.name for item in resource.relations}
    return [f"{name}_id" if name in relations else name for name in resource.sort]


def default_sort(resource: Resource, case: CaseView) -> str:
    """Newest first, where the resource knows when its rows were made; else by id."""
    return f"-{case.name(resource.created_field)}" if resource.created_field else "id"


def operators(item: Attribute) -> Iterator[Operator]:
    """The filters that make sense for an attribute."""
    words = _operators(item)
    yield from words
    if item.nullable and words:
        yield "isnull"


def _operators(item: Attribute) -> tuple[Operator, ...]:
    if item.relation is not None:
        return EQUALITY
    return () if item.field.is_list else TYPES[_row(item.field)].operators


def _row(item: Field) -> str:
    return "enum" if item.enum else item.type


def _filter_line(item: Attribute, word: Operator) -> Code:
    plain = word == "eq" and item.name not in QUERY_WORDS
    end = "" if plain else f"__{word}"
    name = item.name + end
    annotation = _parameter(item, word)
    whole = f"{annotation} | MISSING"
    names = (*annotation.names, MISSING)
    attribute = naming.attribute(name)
    if attribute == name:
        return Code(f"{name}: {whole} = MISSING", names)
    alias = py(item.json + end)
    return Code(f"{attribute}: {whole} = Field(default=MISSING, alias={alias})", (*names, FIELD))


def _parameter(item: Attribute, word: Operator) -> Code:
    if word == "isnull":
        name = Name("BoolParam", "app.filters")
        return Code(name.name, (name,))
    one = parameter_type(item.field)
    if word != "in":
        return one
    many = Code(f"list[{one}]", one.names)
    return constrained(many, arguments(min_length=1, max_length=MAX_CHOICES))


def parameter_type(item: Field) -> Code:
    """The annotation of a value that a URL carries."""
    if item.enum is not None:
        name = enum_name(item.enum)
        return Code(name.name, (name,))
    if item.type == "decimal":
        return exact(item, bounded=False)
    name = TYPES[item.type].parameter
    return Code(name.name, (name,))
