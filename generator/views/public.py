"""What of a resource anyone may see: the allow-lists that the tests of access print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.views.attributes import attributes, is_returned
from generator.views.operation import Context
from generator.views.routes import routes

Route = tuple[str, str]
"""A method, and a path below the prefix of the API."""

SOUNDS_SECRET = re.compile("password|hash|secret|token", re.IGNORECASE)
"""The same words as in the template of `test_access.py`."""


def public_routes(context: Context) -> Iterator[Route]:
    """The routes of a resource that the spec opens to everyone."""
    for route in routes(context):
        if all(rule.public for rule in route.rules):
            yield route.method, route.path


def shown_secrets(context: Context) -> Iterator[str]:
    """What the spec shows although its name sounds like a secret."""
    for item in attributes(context.resource, context.resources, context.case):
        if is_returned(item) and SOUNDS_SECRET.search(item.json):
            yield item.json
