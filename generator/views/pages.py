"""How lists are cut into pages, as the templates print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PagesView:
    """What differs from one kind of pages to the other in what they share."""

    raises: str
    """The rest of a docstring on one page: what can be wrong with its query."""
    counting: str
    """The query that asks how many rows there are, as tests write it."""
    counted: str
    """The same as the arguments of a field of GraphQL."""
    tests: str
    """The template of a resource's tests of its pages."""
    size: str
    """The parameter that says how many rows a page has at most."""
    asked: tuple[tuple[str, str], ...]
    """The parameters of a page, each with its type in Python."""
    told: tuple[tuple[str, str], ...]
    """What a page says beside its rows, each with its type."""


PAGES: dict[Literal["cursor", "page"], PagesView] = {
    "cursor": PagesView(
        raises=" Raises `InvalidInputError` for a bad cursor.",
        counting='{"total": "true"}',
        counted="(total: true)",
        tests="resource/tests/cursor.jinja",
        size="limit",
        asked=(("limit", "int"), ("cursor", "str"), ("total", "bool")),
        told=(("next_cursor", "str | None"), ("total", "int | None = None")),
    ),
    "page": PagesView(
        raises="",
        counting="{}",
        counted="",
        tests="resource/tests/numbered.jinja",
        size="size",
        asked=(("page", "int"), ("size", "int")),
        told=(("page", "int"), ("size", "int"), ("total", "int")),
    ),
}
"""By the word of `api.pagination`."""
