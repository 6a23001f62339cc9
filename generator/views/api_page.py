"""The page of the API, `docs/api.md`, and the test that sends every request on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import naming
from generator.literals import code, md
from generator.spec.model import Api, Check
from generator.views.api_accounts import AccountPageView
from generator.views.api_examples import examples
from generator.views.api_exchange import Exchange
from generator.views.api_needs import NeedsView, needs, needs_of_problems
from generator.views.api_problems import problems
from generator.views.api_row import ExampleRow, example_row
from generator.views.api_words import field_line, table_row, who_of
from generator.views.attributes import Attribute, is_returned, is_sent
from generator.views.operation import Context
from generator.views.routes import RouteView, routes
from generator.views.testing_rows import TestContext

HEADING = "Requests, answers and errors"
"""The first of the page: no title of a resource has a comma in it."""
VERSIONS = (
    "- An `ETag` is the version of a row. A write that sends it back as `If-Match` is a 412 where",
    "  the row was written since; one without `If-Match` goes through.",
)
MAKING = {True: "resource/page/somebody.jinja", False: "resource/page/anybody.jinja"}
"""Who makes what requests refer to, by whether there are accounts."""


@dataclass(frozen=True, slots=True)
class ApiSection:
    """A resource on the page, every line ready to print."""

    title: str
    anchor: str
    description: str
    fields: tuple[str, ...]
    """The rows of the table of its fields."""
    rules: tuple[str, ...]
    """What holds of several fields together."""
    routes: tuple[str, ...]
    """The table of its URLs."""
    examples: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class ApiPageView:
    """The page, and what its test needs beside it."""

    heading: str
    anchor: str
    versions: tuple[str, ...]
    """What is said of versions, if there are any."""
    problems: tuple[Exchange, ...]
    sections: tuple[ApiSection, ...]
    needs: tuple[NeedsView, ...]
    imports: tuple[str, ...]
    making: str
    """The template of how the test makes what requests refer to."""


def api_page(
    contexts: Iterable[TestContext], api: Api, account: AccountPageView | None
) -> ApiPageView:
    """Everything that the page and its test print."""
    rows = [example_row(context) for context in contexts]
    wrong = max(rows, key=lambda row: len([*problems(row, api)]), default=None)
    needed = [*map(needs, rows)]
    needed += [needs_of_problems(wrong, HEADING)] if wrong else []
    needed += [account.needs] if account else []
    versioned = account is not None or any(row.resource.versioned for row in rows)
    return ApiPageView(
        heading=HEADING,
        anchor=HEADING.lower().replace(",", "").replace(" ", "-"),
        versions=VERSIONS if versioned else (),
        problems=tuple(problems(wrong, api)) if wrong else (),
        sections=tuple(_section(row, api) for row in rows),
        needs=tuple(one for one in needed if one.lines),
        imports=tuple(sorted({line for one in needed for line in one.imports})),
        making=MAKING[account is not None],
    )


def _section(row: ExampleRow, api: Api) -> ApiSection:
    resource, context = row.resource, row.context
    title = naming.title(resource.plural)
    everything = context.resources, context.case, context.auth is not None
    known = routes(Context(resource, *everything))
    shown = (item for item in row.everything if is_sent(item, resource) or is_returned(item))
    return ApiSection(
        title=title,
        anchor=title.lower().replace(" ", "-"),
        description=md(resource.description),
        fields=tuple(field_line(item, resource, context.enums) for item in shown),
        rules=tuple(_rules(row)),
        routes=tuple(_table(known, accounts=context.auth is not None)),
        examples=tuple(examples(row, api)),
    )


def _table(known: Iterator[RouteView], *, accounts: bool) -> Iterator[str]:
    """Requests, what they do, and where there are accounts who may."""
    kept = slice(None) if accounts else slice(2)
    yield table_row(("request", "does what", "who may")[kept])
    yield f"|{'---|' * len(('request', 'does what', 'who may')[kept])}"
    for route in known:
        request = code(f"{route.method} {route.path}")
        yield table_row((request, route.does, who_of(route.rules))[kept])


def _rules(row: ExampleRow) -> Iterator[str]:
    names = {_spoken(item): code(item.json) for item in row.everything}
    for group in row.resource.unique:
        yield f"- Unique together: {', '.join(names[name] for name in group)}."
    for check in row.resource.checks:
        left, right = map(row.context.case.name, (check.left, check.right))
        passes = ", unless one of them is null" if _may_be_null(row, check) else ""
        yield f"- {code(f'{left} {check.comparison} {right}')}{passes}."


def _may_be_null(row: ExampleRow, check: Check) -> bool:
    return any(item.nullable for item in row.everything if item.name in (check.left, check.right))


def _spoken(item: Attribute) -> str:
    return item.relation.name if item.relation else item.name
