"""What the requests on the page of the API refer to before any of them has made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.literals import py
from generator.spec.model import Resource
from generator.views.api_row import ExampleRow
from generator.views.attributes import is_required
from generator.views.testing_names import factory_module
from generator.views.testing_rows import maker


@dataclass(frozen=True, slots=True)
class NeedsView:
    """The section, lines `"author_id": make_author,` of what it needs, and their imports."""

    title: str
    lines: tuple[str, ...]
    imports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A row that is needed: what stands for its id, and what it has, if that matters."""

    name: str
    resource: Resource
    values: str = ""


def needs(row: ExampleRow) -> NeedsView:
    """What the examples of a resource need: parents, and the row itself where none can be made."""
    made = [*_parents(row)]
    if "create" not in row.resource.operations:
        plain = tuple(item for item in row.sent if item.relation is None)
        made = [_Made(row.key_name, row.resource, f", **{py(row.body(plain))}")]
    return _view(row, naming.title(row.resource.plural), made)


def needs_of_problems(row: ExampleRow, title: str) -> NeedsView:
    """What those on problems need: a row to be refused, and one that is there."""
    return _view(row, title, [*_parents(row), _Made(row.key_name, row.resource)])


def parents(row: ExampleRow, title: str) -> NeedsView:
    """What a row can't be without."""
    return _view(row, title, [*_parents(row)])


def _parents(row: ExampleRow) -> Iterator[_Made]:
    for item in row.sent:
        if item.relation is not None and is_required(item):
            yield _Made(item.name, row.context.resources[item.relation.resource])


def _view(row: ExampleRow, title: str, made: list[_Made]) -> NeedsView:
    accounts = row.context.auth is not None
    return NeedsView(
        title,
        tuple(f"{py(one.name)}: {_call(one, accounts=accounts)}," for one in made),
        tuple(f"from {factory_module(one.resource)} import {maker(one.resource)}" for one in made),
    )


def _call(made: _Made, *, accounts: bool) -> str:
    make = maker(made.resource)
    if made.resource.built_in:
        return f"lambda database, _: {make}(database)"
    if not made.values:
        return make
    arguments = "database, owner" if accounts else "database"
    return f"lambda {arguments}: {make}({arguments}{made.values})"
