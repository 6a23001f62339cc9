"""The URL that finds a row by a unique field of its own: `GET /articles:by-slug/{slug}`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.fieldtypes import TYPES
from generator.spec.model import Field
from generator.views.accepted import accepted_type
from generator.views.code import Code
from generator.views.operation import VARIABLES, Context, repository_variable, words
from generator.views.queries import parameter_type


@dataclass(frozen=True, slots=True)
class LookupView:
    """The field that finds a row, as the service and the router print it."""

    attribute: str
    url: str
    words: str
    variable: str
    """The parameter of the path, and of the functions."""
    type: str
    parameter: str
    """The annotation of the path's parameter."""


def lookup(context: Context) -> LookupView | None:
    """The lookup of a resource, None where the spec names none."""
    field = _field(context)
    if field is None:
        return None
    return LookupView(
        attribute=naming.attribute(field.name),
        url=naming.dashed(field.name),
        words=words(field.name),
        variable=naming.variable(field.name, VARIABLES | {repository_variable(context.resource)}),
        type=_type(field).name,
        parameter=_parameter(field).text,
    )


def lookup_names(context: Context) -> Iterator[Name]:
    """What the service and the router import for it."""
    field = _field(context)
    if field is not None:
        yield _type(field)
        yield from _parameter(field).names


def _field(context: Context) -> Field | None:
    fields = context.resource.fields
    return next((one for one in fields if one.name == context.resource.lookup), None)


def _type(field: Field) -> Name:
    if field.enum is not None:
        return Name(field.enum, "app.enums")
    return TYPES[field.type].returned


def _parameter(field: Field) -> Code:
    """Texts as they are accepted, so that what is stored in lower case is found in upper."""
    text = isinstance(field.max_length, int) and field.enum is None
    return accepted_type(field) if text else parameter_type(field)
