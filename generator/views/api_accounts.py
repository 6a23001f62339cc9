"""What the page of the API says of accounts beside what is the same in every project."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from generator.literals import code
from generator.spec.model import AUTHENTICATED, Api, Auth
from generator.views.api_exchange import Answer, Exchange, Request, exchange, proof
from generator.views.api_needs import NeedsView, parents
from generator.views.api_row import INSTANT, ExampleRow, Json, example_row
from generator.views.api_words import field_line, one_of, table_row, who_of
from generator.views.attributes import is_made, is_required, is_returned, is_sent
from generator.views.json_values import Placeholder, json_lines
from generator.views.operation import Context
from generator.views.routes import below
from generator.views.rules import USER, RuleView
from generator.views.testing_rows import TestContext

HEADING = "Accounts, and signing in"
SIGN_UP, CREATION = "/auth/sign-up", "/users"
EMAIL, PASSWORD = "ada@example.com", "a long walk in the rain"


FIELDS = (
    ("email", "email address", "required; unique, whatever its case", "filter, sort"),
    ("password", "password", "required; 12 to 128 characters; never shown", ""),
    ("full_name", "text", "may be null; 1 to 200 characters", ""),
    ("role", "{roles}", '`"user"` at first; an admin sets it', "filter"),
    ("is_active", "true or false", "`true` at first; an admin sets it", "filter"),
)
"""What every account has: its name, what it holds, its rules, and what a list does with it."""
STAMPS = (
    ("created_at", "instant", "set by the server", "sort"),
    ("updated_at", "instant", "set by the server", ""),
)
BUILT_IN = {"id", *(name for name, *_ in (*FIELDS, *STAMPS))}


OWN = RuleView("get", (AUTHENTICATED,))
"""Whoever is signed in may see their own account."""


@dataclass(frozen=True, slots=True)
class AccountPageView:
    """How somebody gets an account, what it holds, and the URLs below it as rows of tables."""

    fields: tuple[str, ...]
    joining: Exchange
    asked: str
    """What it takes to have an account, as one word of a shell."""
    credentials: str
    """What it takes to sign in, likewise."""
    related: tuple[str, ...]
    needs: NeedsView


def account_page(context: TestContext, auth: Auth, api: Api) -> AccountPageView:
    """What is said of accounts, by what the spec adds to them."""
    row = example_row(context)
    join = {"open": _sign_up, "closed": _creation}[auth.signup]
    return AccountPageView(
        fields=tuple(_fields(row, one_of((USER, *auth.roles)))),
        joining=join(row, f"/api/{api.version}"),
        asked=shell_word(_asked(row)),
        credentials=shell_word({"email": EMAIL, "password": PASSWORD}),
        related=tuple(_related(context)),
        needs=parents(row, HEADING),
    )


def shell_word(body: Json) -> str:
    """A document on one line, in quotes."""
    first, *inner, last = (line.strip() for line in json_lines(body))
    return shlex.quote(f"{first}{' '.join(inner)}{last}")


def _fields(row: ExampleRow, roles: str) -> Iterator[str]:
    """The rows of the table of what an account holds."""
    name, enums = row.context.case.name, row.context.enums
    yield table_row((code("id"), "UUID", "set by the server", ""))
    for key, holds, *cells in FIELDS:
        yield table_row((code(name(key)), holds.format(roles=roles), *cells))
    for item in row.everything:
        if item.name not in BUILT_IN and (is_sent(item, row.resource) or is_returned(item)):
            yield field_line(item, row.resource, enums)
    yield from (table_row((code(name(key)), *cells)) for key, *cells in STAMPS)


def _sign_up(row: ExampleRow, prefix: str) -> Exchange:
    return exchange(
        "Anyone may have an account:",
        Request(method="POST", target=prefix + SIGN_UP, body=_asked(row)),
        Answer(status=201, body=_account(row)),
    )


def _creation(row: ExampleRow, prefix: str) -> Exchange:
    location = f"{prefix}{CREATION}/{{user_id}}"
    return exchange(
        "An admin makes accounts:",
        Request(
            method="POST",
            target=prefix + CREATION,
            proof=proof("admin", row.context.auth, writes=True),
            body=_asked(row),
        ),
        Answer(status=201, headers={"Location": location, "ETag": '"1"'}, body=_account(row)),
    )


def _asked(row: ExampleRow) -> Json:
    """What it takes to have an account."""
    needed = tuple(item for item in row.sent if is_required(item) or is_made(item))
    return {"email": EMAIL, "password": PASSWORD, **row.body(needed)}


def _account(row: ExampleRow) -> Json:
    """What comes back: all that accounts have, and what the spec adds."""
    name, sent = row.context.case.name, _asked(row)
    added = {key: one for key, one in row.representation(sent).items() if key != "id"}
    return {
        "id": Placeholder("user_id"),
        "email": EMAIL,
        name("full_name"): None,
        "role": "user",
        name("is_active"): True,
        **added,
        name("created_at"): INSTANT,
        name("updated_at"): INSTANT,
    }


def _related(context: TestContext) -> Iterator[str]:
    """The URLs below an account: one's own, and for admins everybody's."""
    known = Context(context.resource, context.resources, context.case, context.auth is not None)
    for route in below(known):
        own = route.path.replace("{user_id}", "me", 1)
        child = route.rules[1:]
        mine = who_of((OWN, *child))
        does = route.does.replace(" its ", " your own ")
        yield table_row((code(f"{route.method} {own}"), does, mine))
        does = route.does.replace(" its ", " somebody's ")
        yield table_row((code(f"{route.method} {route.path}"), does, who_of(route.rules)))
