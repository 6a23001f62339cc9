"""A project in GraphQL: what a schema calls its types, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.spec.model import Resource
from generator.views.graphql.resource import GraphqlResourceView, graphql_resource_view
from generator.views.graphql.types import GraphqlContext, enum_type
from generator.views.pages import PAGES
from generator.views.resources import SpecContext, operation_context

__all__ = ["GraphqlView", "graphql_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphqlView:
    """All of a project that its GraphQL schema shows."""

    resources: dict[str, GraphqlResourceView]
    """By the names of the resources, in the order of the spec."""
    enums: dict[str, str]
    """What GraphQL calls an enum, by the enum's name."""
    queried: tuple[str, ...]
    """The resources that have something to ask for, by name."""
    changed: tuple[str, ...]
    """Those that have something to do."""


def graphql_view(resources: Sequence[Resource], spec: SpecContext) -> GraphqlView:
    """Everything that templates print of GraphQL."""
    views = {one.name: graphql_resource_view(_context(one, spec)) for one in resources}
    return GraphqlView(
        resources=views,
        enums={name: enum_type(name) for name in spec.enums.by_name},
        queried=tuple(name for name, view in views.items() if view.queried),
        changed=tuple(name for name, view in views.items() if view.changed),
    )


def _context(resource: Resource, spec: SpecContext) -> GraphqlContext:
    own = operation_context(resource, spec)
    return GraphqlContext(own, spec.enums, PAGES[spec.api.pagination])
