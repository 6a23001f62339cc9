"""Bodies that no client of ours would send, at a door that is open to everyone."""

import json
from collections.abc import Callable

import pytest
from httpx2 import AsyncClient
from sqlalchemy import func, select

from app.auth.models import User
from app.database import Database
from tests.factories.users import PASSWORD, body_of_user

JSON = "application/json"
Change = Callable[[bytes], bytes]


@pytest.fixture
async def good(database: Database) -> bytes:
    """The body of a good sign-up."""
    return json.dumps(await body_of_user(database, full_name="Ada")).encode()


def named(value: bytes | str) -> Change:
    """Puts this JSON in place of the name."""
    said = value.encode() if isinstance(value, str) else value
    return lambda good: good.replace(b'"Ada"', said)


BODIES: dict[str, Change] = {
    "nothing": lambda _: b"",
    "null": lambda _: b"null",
    "list": lambda _: b"[]",
    "text": lambda _: b'"ada"',
    "open": lambda good: good[:-1],
    "two": lambda good: good * 2,
    "nan": named("NaN"),
    "infinity": named("-Infinity"),
    "infinite": named("1e400"),
    "huge": named("9" * 400),
    "more-digits-than-python-reads": named("9" * 5000),
    "surrogate": named(r'"\ud800"'),
    "surrogate-password": lambda good: good.replace(PASSWORD.encode(), rb"\ud800" * 12),
    "nul": named(r'"a\u0000b"'),
    "deep": named("[" * 900 + "]" * 900),
    "deeper": named("[" * 50_000),
    "no-utf-8": named(b'"\xff\xfe"'),
    "overlong-utf-8": named(b'"\xc0\xaf"'),
    "utf-16-without-a-mark": lambda good: good.decode().encode("utf-16-le")[:-1],
    "object": named('{"$ne": null}'),
    "surrogate-key": named(r'"Ada", "\ud800": 1'),
    "prototype": named('"Ada", "__proto__": {"role": "admin"}'),
}


async def accounts(database: Database) -> int:
    row = await database.one(select(func.count().label("count")).select_from(User))
    assert row is not None
    found: int = row["count"]
    return found


async def test_a_good_body_is_taken(client: AsyncClient, database: Database, good: bytes) -> None:
    answer = await client.post("/auth/sign-up", content=good, headers={"Content-Type": JSON})

    assert answer.status_code == 201
    assert await accounts(database) == 1


@pytest.mark.parametrize("name", BODIES)
async def test_a_hostile_body_is_refused(
    client: AsyncClient, database: Database, good: bytes, name: str
) -> None:
    headers = {"Content-Type": JSON}

    answer = await client.post("/auth/sign-up", content=BODIES[name](good), headers=headers)

    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert PASSWORD not in answer.text
    assert await accounts(database) == 0


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "*/*",
    ],
)
async def test_a_body_is_json_only_if_it_says_so(
    client: AsyncClient, database: Database, good: bytes, kind: str
) -> None:
    answer = await client.post("/auth/sign-up", content=good, headers={"Content-Type": kind})

    assert answer.status_code == 415
    assert await accounts(database) == 0


async def test_of_a_key_that_stands_twice_one_value_counts_and_is_checked(
    client: AsyncClient, database: Database, good: bytes
) -> None:
    for twice in ('"Ada", "password": "short"', '"Ada", "email": "ada"'):
        answer = await client.post(
            "/auth/sign-up", content=named(twice)(good), headers={"Content-Type": JSON}
        )
        assert answer.status_code == 422

    assert await accounts(database) == 0
