"""Operations as the tests of access see them: who may not, and what is answered then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from generator import naming
from generator.spec.model import Verb
from generator.views.rules import RuleView, rules
from generator.views.testing_rows import TestContext, below, links


@dataclass(frozen=True, slots=True)
class RouteView:
    """One operation, for the tests of access: every one of its rules holds."""

    method: str
    path: str
    rules: tuple[RuleView, ...] = ()
    writes: bool = True


ROUTES: dict[Verb, RouteView] = {
    "list": RouteView("GET", "", writes=False),
    "create": RouteView("POST", ""),
    "get": RouteView("GET", "/{id}", writes=False),
    "update": RouteView("PATCH", "/{id}"),
    "delete": RouteView("DELETE", "/{id}"),
}


def every_route(context: TestContext, routes: dict[Verb, RouteView]) -> Iterator[RouteView]:
    """Every operation on one of ours with the rules that hold for it, those below it included."""
    own = rules(context.resource.access)
    for verb, route in routes.items():
        yield replace(route, rules=(own[verb],))
    for relation, _, child in below(context):
        path = f"/{{id}}/{naming.dashed(relation.name)}"
        yield RouteView("GET", path, (own["get"], child), writes=False)
    for link in links(context):
        path = f"/{{id}}/{link.url}/{UUID(int=0)}"
        yield RouteView("PUT", path, (own["update"],))
        yield RouteView("DELETE", path, (own["update"],))


def outsiders(
    context: TestContext, every: tuple[RouteView, ...], url: str
) -> Iterator[tuple[str, str, str]]:
    """Operations with a role that may not: one that some rule does not admit."""
    roles = ("user", *(context.auth.roles if context.auth else ()))
    for route in every:
        outside = [r for r in roles if not all(rule.admits(r) for rule in route.rules)]
        if outside:
            yield route.method, url + route.path, outside[0]


FORBIDDEN, NOT_FOUND = 403, 404


def foreign(
    url: str, every: tuple[RouteView, ...], own: dict[Verb, RuleView]
) -> Iterator[tuple[str, str, int]]:
    """A foreign row is not there; where everyone may read it, a write is forbidden."""
    for route in every:
        confined = "{id}" in route.path and route.rules[0].confines("user")
        if confined and all(rule.admits("user") for rule in route.rules):
            status = FORBIDDEN if route.writes and own["get"].open else NOT_FOUND
            yield route.method, url + route.path, status
