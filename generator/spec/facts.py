"""What a rule sees: the whole spec, the grammar, and where things were said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.spec.grammar import Family, Grammar, TypeGrammar
from generator.spec.model import BelongsTo, Field, Resource, Spec
from generator.spec.report import Path, Report
from generator.spec.vocabulary import ENUM, UNKNOWN


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: `path` leads to the token that it points at."""

    code: str
    path: Path
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A name that stands for a column: a field, or the relation that owns a foreign key."""

    name: str
    field: Field | None = None
    relation: BelongsTo | None = None
    ours: bool = False
    """Whether it is `id` or a timestamp."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The value of every rule's one parameter."""

    spec: Spec
    grammar: Grammar
    report: Report

    def said(self, *path: str | int) -> bool:
        """Whether the spec says something at the path."""
        return self.report.said(path)

    def resources(self) -> Iterator[tuple[Path, Resource]]:
        """Every resource and its path, the user last."""
        user = (self.spec.user,) if self.spec.user else ()
        for resource in (*self.spec.resources, *user):
            yield ("resources", resource.name), resource

    def fields(self) -> Iterator[tuple[Path, Resource, Field]]:
        """Every field whose type is known, with its path."""
        for path, resource in self.resources():
            for field in resource.fields:
                if field.type != UNKNOWN:
                    yield (*path, "fields", field.name), resource, field

    def type(self, field: Field) -> TypeGrammar:
        """The row of the field's type."""
        return next((row for row in self.grammar.types if row.name == field.type), ENUM)

    def family(self, field: Field) -> Family:
        """The family of the field's type."""
        return self.type(field).family


Rule = Callable[[Facts], Iterator[Finding]]


def columns(resource: Resource) -> dict[str, Column]:
    """Every name that stands for a column of the resource."""
    found = {"id": Column("id", field=resource.id, ours=True)}
    for name in (resource.created_field, resource.updated_field):
        if name is not None:
            stamp = Field(name=name, type="datetime", column=name)
            found[name] = Column(name, field=stamp, ours=True)
    for field in resource.fields:
        found[field.name] = Column(field.name, field=field)
    for relation in resource.relations:
        if isinstance(relation, BelongsTo):
            found[relation.name] = Column(relation.name, relation=relation)
    return found
