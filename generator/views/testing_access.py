"""Operations as the tests of access see them: who may not, and what is answered then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from generator import naming
from generator.features.demands import bulk_verbs, is_restored
from generator.spec.model import Operation, Verb
from generator.views.rules import VERB_OF, RuleView, rules
from generator.views.testing_links import links
from generator.views.testing_rows import TestContext, below


@dataclass(frozen=True, slots=True)
class RouteView:
    """One operation, for the tests of access: every one of its rules holds."""

    method: str
    path: str
    rules: tuple[RuleView, ...] = ()
    writes: bool = True


ROUTES: dict[Operation, RouteView] = {
    "list": RouteView("GET", "", writes=False),
    "create": RouteView("POST", ""),
    "get": RouteView("GET", "/{id}", writes=False),
    "update": RouteView("PATCH", "/{id}"),
    "replace": RouteView("PUT", "/{id}"),
    "delete": RouteView("DELETE", "/{id}"),
}


NOBODYS = {"UUID": str(UUID(int=0)), "int": "0", "str": "0"}
"""The id of nothing, by its type in Python."""


def every_route(context: TestContext, routes: dict[Operation, RouteView]) -> Iterator[RouteView]:
    """Every operation on one of ours with the rules that hold for it, those below it included."""
    own = rules(context.resource.access)
    for word, route in routes.items():
        yield replace(route, rules=(own[VERB_OF[word]],))
    if context.resource.lookup is not None:
        yield RouteView(
            "GET", f":by-{naming.dashed(context.resource.lookup)}/1", (own["get"],), writes=False
        )
    for word in bulk_verbs(context.resource):
        yield RouteView(routes[word].method, ":bulk", (own[VERB_OF[word]],))
    if is_restored(context.resource):
        yield RouteView("POST", "/{id}:restore", (own["delete"],))
    for relation, _, child in below(context):
        path = f"/{{id}}/{naming.dashed(relation.name)}"
        yield RouteView("GET", path, (own["get"], child), writes=False)
    for link in links(context):
        path = f"/{{id}}/{link.url}/{NOBODYS[link.target.python.name]}"
        yield RouteView("PUT", path, (own["update"],))
        yield RouteView("DELETE", path, (own["update"],))


def outsiders(
    context: TestContext, every: tuple[RouteView, ...], url: str
) -> Iterator[tuple[str, str, str]]:
    """Operations with each role that may not: one that some rule does not admit."""
    if context.auth is None:
        return
    for route in every:
        for role in ("user", *context.auth.roles):
            if not all(rule.admits(role) for rule in route.rules):
                yield route.method, url + route.path, role


def insiders(
    context: TestContext, routes: dict[Operation, RouteView], url: str
) -> Iterator[tuple[str, str, str]]:
    """Operations on one of ours, whoever owns it, with each role that a rule names."""
    own = rules(context.resource.access)
    for word, route in routes.items():
        for role in own[VERB_OF[word]].roles:
            yield route.method, url + route.path, role


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


def is_replacement(tried: tuple[str, str, int]) -> bool:
    """Whether it is of a whole row, for which a test needs a whole body."""
    method, path, _ = tried
    return method == "PUT" and path.endswith("/{id}")


def several_of_others(
    context: TestContext, tried: tuple[tuple[str, str, int], ...]
) -> Iterator[tuple[str, int]]:
    """Bulk methods on somebody else's rows with what is answered: the same as for one of them."""
    for word in bulk_verbs(context.resource):
        for method, path, status in tried:
            if (
                path.endswith(ROUTES[word].path)
                and path.endswith("/{id}")
                and method == ROUTES[word].method
            ):
                yield method, status
