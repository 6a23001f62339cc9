"""How the tests of a resource try the slugs that are made where a client gives none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.spec.model import Field, Resource
from generator.views.case import CaseView


@dataclass(frozen=True, slots=True)
class SlugTestView:
    """A slug, and the field that it is made from."""

    name: str
    """In the name of a test."""
    field: str
    attribute: str
    source: str
    source_attribute: str
    longest: int
    contested: bool
    """Whether two rows of a test may ask for the same."""
    sent: bool
    """Whether a client may give one."""
    source_changes: bool


def slug_tests(resource: Resource, case: CaseView) -> Iterator[SlugTestView]:
    """Every slug whose source a client sends."""
    fields = {item.name: item for item in resource.fields}
    for item in resource.fields:
        source = fields.get(item.source or "")
        if source is not None and not (source.readonly or source.source):
            yield SlugTestView(
                name=item.name,
                field=case.name(item.name),
                attribute=naming.attribute(item.name),
                source=case.name(source.name),
                source_attribute=naming.attribute(source.name),
                sent=not (item.readonly or item.hidden),
                longest=item.max_length or 0,
                contested=item.unique and not _alone(resource, source),
                source_changes="update" in resource.operations and not source.immutable,
            )


def _alone(resource: Resource, source: Field) -> bool:
    """Whether no two rows can have the same of it."""
    return source.unique or any(source.name in group for group in resource.unique)
