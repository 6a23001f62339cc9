"""`docs/api.md` says what is so: every request on it is answered as it says, and no URL is missing."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias
from uuid import UUID

import pytest
from fastapi import FastAPI

from app.auth.models import Role
from app.database import Database, Row
from app.main import PREFIX
from tests.api_page import Exchange, Known, listed_routes, sections
from tests.auth.fixtures import SignIn, token_of
from tests.conftest import connect
from tests.factories.notes import make_note

SECTIONS = sections()


class Find(Protocol):
    """Makes what a request of a section refers to and no answer has told."""

    async def __call__(self, title: str, exchange: Exchange, known: Known) -> None:
        """See that all names in the request are known."""


Make: TypeAlias = Callable[[Database, UUID | None], Awaitable[Row]]
ROWS: dict[str, dict[str, Make]] = {
    "Requests, answers and errors": {
        "note_id": make_note,
    },
}
"""What the requests of a section refer to, and what makes it."""
ROLES = {f"{role}_token": str(role) for role in Role}
"""What stands for who calls, and the roles of those whose it is."""


@pytest.fixture
def find(database: Database, sign_in: SignIn) -> Find:
    """Makes what a request refers to: accounts, and rows, which are the first account's."""
    owners: list[UUID] = []

    async def token(role: str) -> str:
        session = await sign_in(role)
        owners.append(session.user_id)
        return token_of(session)

    async def find(title: str, exchange: Exchange, known: Known) -> None:
        rows = ROWS.get(title, {})
        for name in exchange.names():
            if name in ROLES and name not in known:
                known[name] = await token(ROLES[name])
            elif name in rows and name not in known:
                known[name] = key_of(await rows[name](database, next(iter(owners), None)))

    return find


def key_of(row: Row) -> str | int:
    """The id of a row, as JSON carries it."""
    key = row["id"]
    return key if isinstance(key, int) else str(key)


@pytest.mark.parametrize("title", SECTIONS)
async def test_requests_are_answered_as_the_page_says(app: FastAPI, find: Find, title: str) -> None:
    known: Known = {}
    async with connect(app) as client:
        for exchange in SECTIONS[title]:
            await find(title, exchange, known)
            exchange.check(await exchange.send(client, known), known)


def test_the_page_lists_what_there_is(app: FastAPI) -> None:
    found = {
        (method.upper(), path.removeprefix(PREFIX))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if path.startswith(PREFIX)
    }
    assert listed_routes() == found
