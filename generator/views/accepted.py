"""The annotations of what a request may hold: types with the constraints of the spec."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.bounds import whole
from generator.fieldtype import Name
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.grammar import Family
from generator.spec.model import Field
from generator.views.code import Code, enum_name, literal

ANNOTATED = Name("Annotated", "typing")
FIELD = Name("Field", "pydantic")

KEYS = "app.keys"

LISTED: dict[Family, tuple[Name, ...]] = {"integer": (Name("WholeNumbers", "app.lists"),)}
"""What a list of such elements is checked by as a whole."""

PATTERNED = (Name("NoNul", "app.schemas"),)
"""What a text is checked by beside its pattern: Pydantic keeps one pattern of a type."""

COMPARISONS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
"""Pydantic's names of bounds, and what they say."""


def accepted_type(item: Field) -> Code:
    """The annotation of a field in a request, constraints included."""
    element = _element_type(item)
    if not item.is_list:
        return element
    limits = arguments(min_length=item.min_items, max_length=item.max_items)
    listed = Code(f"list[{element}]", element.names)
    return constrained(listed, limits, *LISTED.get(TYPES[item.type].grammar.family, ()))


def _element_type(item: Field) -> Code:
    if item.enum is not None:
        name = enum_name(item.enum)
        return Code(name.name, (name,))
    row = TYPES[item.type]
    if item.type in SAID_OF_TEXTS:
        return SAID_OF_TEXTS[item.type](item)
    base = row.accepted if item.pattern is None else Name("str")
    limits = [*_lengths(item), *_bounds(item), *_pattern(item)]
    beside = () if item.pattern is None else PATTERNED
    return constrained(Code(base.name, (base,)), limits, *beside)


def accepted_key(item: Field) -> Code:
    """The annotation of a key that clients name."""
    limits = [*_lengths(item), *_pattern(item)]
    if item.pattern is None:
        return constrained(Code("TextKey", (Name("TextKey", KEYS),)), limits)
    return constrained(Code("str"), limits, Name("KeyForm", KEYS))


def accepted_reference(item: Field) -> Code:
    """The annotation of a reference: the form of the key that it points at, not its bounds."""
    plain = Field(name=item.name, type=item.type, max_length=item.max_length)
    return accepted_key(plain) if item.type == "string" else accepted_type(plain)


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


def constrained(base: Code, arguments: list[Code], *validators: Name) -> Code:
    """The annotation with `Field(...)` and validators around it, where there is anything to say."""
    limits = [f"Field({', '.join(map(str, arguments))})"] if arguments else []
    parts = [*limits, *(one.name for one in validators)]
    if not parts:
        return base
    names = (*base.names, ANNOTATED, FIELD, *validators)
    return Code(f"Annotated[{base}, {', '.join(parts)}]", names)


def _sized(item: Field) -> Code:
    """The annotation of bytes, whose lengths are not those of the text."""
    names = (ANNOTATED, TYPES["bytes"].accepted)
    sizes = arguments(least=item.min_length, most=item.max_length)
    return Code(f"Annotated[bytes, {names[1].name}({', '.join(map(str, sizes))})]", names)


def exact(item: Field, *, bounded: bool = True) -> Code:
    """The annotation of a decimal; without its bounds for a filter."""
    names = [ANNOTATED, Name("Decimal", "decimal"), TYPES["decimal"].accepted]
    arguments = [str(item.precision), str(item.scale)]
    for bound in COMPARISONS if bounded else ():
        value: Decimal | None = getattr(item, bound)
        if value is not None:
            arguments.append(f"{bound}={literal(value)}")
    return Code(f"Annotated[Decimal, Exact({', '.join(arguments)})]", tuple(names))


SAID_OF_TEXTS: dict[str, Callable[[Field], Code]] = {"decimal": exact, "bytes": _sized}
"""Types that travel as texts, and whose constraints are said of the texts in a way of their own."""
