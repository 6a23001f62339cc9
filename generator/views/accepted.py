"""The annotations of what a request may hold: types with the constraints of the spec."""

from __future__ import annotations

from decimal import Decimal

from generator.fieldtype import Name
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.model import Field
from generator.views.code import Code, enum_name, literal, whole

ANNOTATED = Name("Annotated", "typing")
FIELD = Name("Field", "pydantic")

COMPARISONS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
"""Pydantic's names of bounds, and what they say."""


def accepted_type(item: Field) -> Code:
    """The annotation of a field in a request, constraints included."""
    element = _element_type(item)
    if not item.is_list:
        return element
    limits = arguments(min_length=item.min_items, max_length=item.max_items)
    return constrained(Code(f"list[{element}]", element.names), limits)


def _element_type(item: Field) -> Code:
    if item.enum is not None:
        name = enum_name(item.enum)
        return Code(name.name, (name,))
    row = TYPES[item.type]
    if item.type == "decimal":
        return exact(item)
    base = Code(row.accepted.name, (row.accepted,))
    return constrained(base, [*_lengths(item), *_bounds(item), *_pattern(item)])


def _lengths(item: Field) -> list[Code]:
    return arguments(min_length=item.min_length, max_length=item.max_length)


def _bounds(item: Field) -> list[Code]:
    values = {name: getattr(item, name) for name in COMPARISONS}
    bounds = {
        name: float(bound) if item.type == "float" else whole(COMPARISONS[name], bound)
        for name, bound in values.items()
        if bound is not None
    }
    return arguments(**bounds)


def _pattern(item: Field) -> list[Code]:
    return [] if item.pattern is None else arguments(pattern=item.pattern)


def arguments(**values: object) -> list[Code]:
    """`name=value` for each that is set."""
    return [Code(f"{name}={py(value)}") for name, value in values.items() if value is not None]


def constrained(base: Code, arguments: list[Code]) -> Code:
    """The annotation with `Field(...)` around it, where there is anything to say."""
    if not arguments:
        return base
    inner = ", ".join(map(str, arguments))
    return Code(f"Annotated[{base}, Field({inner})]", (*base.names, ANNOTATED, FIELD))


def exact(item: Field, *, bounded: bool = True) -> Code:
    """The annotation of a decimal; without its bounds for a filter."""
    names = [ANNOTATED, Name("Decimal", "decimal"), Name("Exact", "app.schemas")]
    arguments = [str(item.precision), str(item.scale)]
    for bound in COMPARISONS if bounded else ():
        value: Decimal | None = getattr(item, bound)
        if value is not None:
            arguments.append(f"{bound}={literal(value)}")
    return Code(f"Annotated[Decimal, Exact({', '.join(arguments)})]", tuple(names))
