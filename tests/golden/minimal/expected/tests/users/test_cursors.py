"""Cursors over HTTP: whoever has one can read and change it, and gets a 422 for the trouble."""

import base64
import json
from typing import Any

import pytest
from httpx2 import AsyncClient

from app.database import Database
from tests.auth.fixtures import SignIn
from tests.factories.users import make_user


@pytest.fixture
async def admin(sign_in: SignIn, database: Database) -> AsyncClient:
    """An admin of a service with enough users for two pages."""
    for _ in range(2):
        await make_user(database)
    return (await sign_in("admin")).client


async def cursor(admin: AsyncClient, **query: str) -> str:
    """The cursor of the second page of a list."""
    page = (await admin.get("/users", params={"limit": "1", **query})).json()
    assert isinstance(page["next_cursor"], str)
    return page["next_cursor"]


def opened(text: str) -> list[Any]:
    content = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert isinstance(content, list)
    return content


def closed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


async def refused(admin: AsyncClient, text: str, sort: str) -> bool:
    answer = await admin.get("/users", params={"cursor": text, "sort": sort})
    assert answer.status_code == 422, answer.text
    return answer.headers["Content-Type"] == "application/problem+json"


SORTS = ["created_at", "-created_at", "email", "-email"]


@pytest.mark.parametrize("sort", SORTS)
async def test_a_cursor_opens_the_next_page_of_its_own_list_alone(
    admin: AsyncClient, sort: str
) -> None:
    text = await cursor(admin, sort=sort)

    assert (await admin.get("/users", params={"cursor": text, "sort": sort})).status_code == 200
    for other in set(SORTS) - {sort}:
        assert await refused(admin, text, other)
    answer = await admin.get("/users", params={"cursor": text, "sort": sort, "role": "user"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "value",
    [
        "null",
        "{}",
        "[[[]]]",
        "NaN",
        "1e400",
        "9" * 400,
        r'"a\u0000b"',
        r'"\ud800"',
        "[" * 900 + "]" * 900,
    ],
)
@pytest.mark.parametrize("sort", ["-created_at", "email"])
async def test_a_cursor_with_another_value_is_refused(
    admin: AsyncClient, sort: str, value: str
) -> None:
    scope, _, last = opened(await cursor(admin, sort=sort))
    text = closed(f'["{scope}", {value}, "{last}"]'.encode())

    assert await refused(admin, text, sort)


@pytest.mark.parametrize("value", ["null", "1", '"x"', r'"\u0000"', "[]", "9" * 400, "1e400"])
async def test_a_cursor_with_another_id_is_refused(admin: AsyncClient, value: str) -> None:
    scope, address, _ = opened(await cursor(admin, sort="email"))

    assert await refused(admin, closed(f'["{scope}", "{address}", {value}]'.encode()), "email")


@pytest.mark.parametrize(
    "text",
    ["", "x", "\0", "ü", "AAAA", "a" * 4097, closed(b"[]"), closed(b"null"), closed(b"[" * 3000)],
)
async def test_garbage_is_refused(admin: AsyncClient, text: str) -> None:
    assert await refused(admin, text, "email")
