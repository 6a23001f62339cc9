"""What of a resource anyone may see: the allow-lists that the tests of access print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import naming
from generator.features.demands import bulk_verbs, is_restored
from generator.spec.model import Operation
from generator.views.attributes import attributes, is_returned
from generator.views.lookup import lookup
from generator.views.nested import links, nested
from generator.views.operation import Context
from generator.views.rules import VERB_OF, rules

Route = tuple[str, str]
"""A method, and a path below the prefix of the API."""

ROUTES: dict[Operation, Route] = {
    "list": ("GET", ""),
    "create": ("POST", ""),
    "get": ("GET", "/{id}"),
    "update": ("PATCH", "/{id}"),
    "replace": ("PUT", "/{id}"),
    "delete": ("DELETE", "/{id}"),
}
SOUNDS_SECRET = re.compile("password|hash|secret|token", re.IGNORECASE)
"""The same words as in the template of `test_access.py`."""


def public_routes(context: Context) -> Iterator[Route]:
    """The routes of a resource that the spec opens to everyone."""
    resource = context.resource
    url = f"/{naming.dashed(resource.plural)}"
    row = f"{url}/{{{resource.name}_id}}"
    yield from _own_routes(context, url, row)
    yield from _routes_below(context, row)


def _own_routes(context: Context, url: str, row: str) -> Iterator[Route]:
    resource = context.resource
    own = rules(resource.access)
    for word, (method, path) in ROUTES.items():
        if word in resource.operations and own[VERB_OF[word]].public:
            yield method, (row if path else url)
    for word in bulk_verbs(resource):
        if own[VERB_OF[word]].public:
            yield ROUTES[word][0], f"{url}:bulk"
    if is_restored(resource) and own["delete"].public:
        yield "POST", f"{row}:restore"
    found = lookup(context)
    if found is not None and own["get"].public:
        yield "GET", f"{url}:by-{found.url}/{{{found.variable}}}"


def _routes_below(context: Context, row: str) -> Iterator[Route]:
    resource = context.resource
    own = rules(resource.access)
    targets = {item.name: context.resources[item.resource] for item in resource.relations}
    for item in nested(context):
        child = rules(targets[item.name].access)["get" if item.single else "list"]
        if own["get"].public and child.public:
            yield "GET", f"{row}/{item.url}"
    for link in links(context):
        if own["update"].public:
            yield "PUT", f"{row}/{link.url}/{{{link.id_parameter}}}"
            yield "DELETE", f"{row}/{link.url}/{{{link.id_parameter}}}"


def shown_secrets(context: Context) -> Iterator[str]:
    """What the spec shows although its name sounds like a secret."""
    for item in attributes(context.resource, context.resources, context.case):
        if is_returned(item) and SOUNDS_SECRET.search(item.json):
            yield item.json
