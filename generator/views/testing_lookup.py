"""How the tests of a resource try to find a row by its lookup."""

from __future__ import annotations

from dataclasses import dataclass

from generator import naming
from generator.literals import py
from generator.spec.model import Field
from generator.views.rules import rules
from generator.views.testing_rows import TestContext

AWKWARD = "a/b c%2F:d?e#f"
"""What a URL has other uses for."""


@dataclass(frozen=True, slots=True)
class LookupTestView:
    """The field, and changes of a body that give it values which a URL finds hard to carry."""

    name: str
    """In the name of a test."""
    field: str
    attribute: str
    url: str
    samples: str
    confined: bool
    """Whether the actor finds their own rows alone."""


def lookup_test(context: TestContext) -> LookupTestView | None:
    """How a lookup is tried, None where the spec names none."""
    fields = {item.name: item for item in context.resource.fields}
    field = fields.get(context.resource.lookup or "")
    if field is None:
        return None
    get = rules(context.resource.access)["get"]
    return LookupTestView(
        name=field.name,
        field=field.name,
        attribute=naming.attribute(field.name),
        url=naming.dashed(field.name),
        samples=py([{}, {field.name: AWKWARD}] if _takes_anything(field) else [{}]),
        confined=get.confines(get.role),
    )


def _takes_anything(field: Field) -> bool:
    fits = (field.min_length or 0) <= len(AWKWARD) <= (field.max_length or 0)
    return field.type in ("string", "text") and field.pattern is None and fits
