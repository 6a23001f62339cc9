"""How the tests of a resource try to replace a row, to find one, and to write several."""

from __future__ import annotations

from dataclasses import dataclass

from generator import naming
from generator.literals import py
from generator.spec.model import Field
from generator.views.attributes import Attribute, is_required
from generator.views.rules import rules
from generator.views.testing_access import is_replacement, several_of_others
from generator.views.testing_checks import CheckTestView, check_tests
from generator.views.testing_fields import is_reset
from generator.views.testing_rows import TestContext

AWKWARD = "a/b c%2F:d?e#f"
"""What a URL has other uses for."""


@dataclass(frozen=True, slots=True)
class OperationTestsView:
    """What the tests of replacing, finding and writing several print."""

    reset: tuple[tuple[str, str], ...]
    """Names that a replacement may leave out and that are null then, with their attributes."""
    needed: tuple[str, ...]
    """Names that a replacement needs."""
    replaced_by_others: int
    """What a replacement of somebody else's row is answered, 0 where it may be done."""
    several_of_others: tuple[tuple[str, int], ...]
    """Bulk methods with what they are answered for somebody else's rows."""
    lookup: LookupTestView | None
    checks: tuple[CheckTestView, ...]
    searched: tuple[str, ...]
    """Attributes by whose words a list is searched."""
    reworded: tuple[str, ...]
    """The same of what takes any text, later too."""


def operation_tests(
    context: TestContext,
    sent: list[Attribute],
    changed: list[Attribute],
    others: tuple[tuple[str, str, int], ...],
) -> OperationTestsView:
    """How those are tried, by what is sent, may be changed, and is refused of others' rows."""
    return OperationTestsView(
        reset=tuple((i.json, i.attribute) for i in changed if is_reset(i)),
        needed=tuple(item.json for item in changed if is_required(item)),
        replaced_by_others=next((one[2] for one in others if is_replacement(one)), 0),
        several_of_others=tuple(several_of_others(context, others)),
        lookup=lookup_test(context),
        searched=tuple(i.attribute for i in sent if i.name in context.resource.search),
        reworded=tuple(
            i.attribute
            for i in changed
            if i.name in context.resource.search and _takes_anything(i.field)
        ),
        checks=tuple(check_tests(context, sent)),
    )


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
    name = context.case.name(field.name)
    return LookupTestView(
        name=field.name,
        field=name,
        attribute=naming.attribute(field.name),
        url=naming.dashed(field.name),
        samples=py([{}, {name: AWKWARD}] if _takes_anything(field) else [{}]),
        confined=get.confines(get.role),
    )


def _takes_anything(field: Field) -> bool:
    fits = (field.min_length or 0) <= len(AWKWARD) <= (field.max_length or 0)
    return field.type in ("string", "text") and field.pattern is None and fits
