"""How the tests of a resource contradict the checks between its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.spec.model import Check, Field
from generator.views.attributes import Attribute, is_changed
from generator.views.constraints import WORDS
from generator.views.testing_rows import TestContext


@dataclass(frozen=True, slots=True)
class CheckTestView:
    """A check, and where a test finds values that contradict it."""

    name: str
    """In the name of a test."""
    left: str
    right: str
    detail: str
    sources: tuple[str, str]
    """Whose values of a good body contradict it, given to the left and to the right."""
    changed: str
    """Which one alone is changed to contradict the other; none where neither may be."""
    later: bool
    """Whether a later body holds such a value, rather than the same."""
    source: str


def check_tests(context: TestContext, sent: list[Attribute]) -> Iterator[CheckTestView]:
    """Every check that bodies of tests can contradict: of fields alike in all but their names."""
    fields = {item.name: item.field for item in sent if item.relation is None}
    changed = {item.name for item in sent if is_changed(item, context.resource)}
    for check in context.resource.checks:
        if check.comparison == "=" or not {check.left, check.right} <= fields.keys():
            continue
        if _shape(fields[check.left]) == _shape(fields[check.right]):
            yield _check_test(check, changed, context.case.name)


def _shape(field: Field) -> Field:
    """The field as far as it tells which values it takes."""
    return replace(
        field,
        name="",
        column="",
        type="int" if field.type == "smallint" else field.type,
        nullable=False,
        default=None,
        description="",
        example=None,
        renamed_from=None,
        index=False,
        immutable=False,
    )


def _check_test(check: Check, changeable: set[str], name: Callable[[str], str]) -> CheckTestView:
    left, right = check.left, check.right
    low, high = (right, left) if check.comparison in (">", ">=") else (left, right)
    unequal = check.comparison == "!="
    return CheckTestView(
        name=f"{left}_and_{right}",
        left=name(left),
        right=name(right),
        detail=f"{name(left)} {WORDS[check.comparison]} {name(right)}",
        sources=(name(left), name(left)) if unequal else (name(right), name(left)),
        changed=name(low) if low in changeable else "",
        later=not unequal,
        source=name(high),
    )
