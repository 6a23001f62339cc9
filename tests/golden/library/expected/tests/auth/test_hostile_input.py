"""Bodies that no client of ours would send, at a door that is open to everyone."""

import json

import pytest
from httpx2 import AsyncClient
from sqlalchemy import func, select

from app.auth.models import User
from app.database import Database
from tests.factories.users import PASSWORD

GOOD = {"email": "ada@example.com", "password": PASSWORD, "full_name": "Ada"}
JSON = "application/json"


def with_name(value: str) -> bytes:
    """The body of a good sign-up with this JSON as the name."""
    return json.dumps(GOOD).replace('"Ada"', value).encode()


BODIES = {
    "nothing": b"",
    "null": b"null",
    "list": b"[]",
    "text": b'"ada"',
    "open": with_name('"Ada')[:-1],
    "two": with_name('"Ada"') * 2,
    "nan": with_name("NaN"),
    "infinity": with_name("-Infinity"),
    "infinite": with_name("1e400"),
    "huge": with_name("9" * 400),
    "more-digits-than-python-reads": with_name("9" * 5000),
    "surrogate": with_name(r'"\ud800"'),
    "surrogate-password": with_name('"Ada"').replace(PASSWORD.encode(), rb"\ud800" * 12),
    "nul": with_name(r'"a\u0000b"'),
    "deep": with_name("[" * 900 + "]" * 900),
    "deeper": with_name("[" * 50_000),
    "no-utf-8": with_name('"Ada"').replace(b"Ada", b"\xff\xfe"),
    "overlong-utf-8": with_name('"Ada"').replace(b"Ada", b"\xc0\xaf"),
    "utf-16-without-a-mark": with_name('"Ada"').decode().encode("utf-16-le")[:-1],
    "object": with_name('{"$ne": null}'),
    "surrogate-key": with_name(r'"Ada", "\ud800": 1'),
    "prototype": with_name('"Ada", "__proto__": {"role": "admin"}'),
}


async def accounts(database: Database) -> int:
    row = await database.one(select(func.count().label("count")).select_from(User))
    assert row is not None
    found: int = row["count"]
    return found


async def test_a_good_body_is_taken(client: AsyncClient, database: Database) -> None:
    answer = await client.post(
        "/auth/sign-up", content=with_name('"Ada"'), headers={"Content-Type": JSON}
    )

    assert answer.status_code == 201
    assert await accounts(database) == 1


@pytest.mark.parametrize("name", BODIES)
async def test_a_hostile_body_is_refused(
    client: AsyncClient, database: Database, name: str
) -> None:
    headers = {"Content-Type": JSON}

    answer = await client.post("/auth/sign-up", content=BODIES[name], headers=headers)

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
    client: AsyncClient, database: Database, kind: str
) -> None:
    answer = await client.post(
        "/auth/sign-up", content=with_name('"Ada"'), headers={"Content-Type": kind}
    )

    assert answer.status_code in (415, 422)
    assert await accounts(database) == 0


async def test_of_a_key_that_stands_twice_one_value_counts_and_is_checked(
    client: AsyncClient, database: Database
) -> None:
    for twice in ('"Ada", "password": "short"', '"Ada", "email": "ada"'):
        answer = await client.post(
            "/auth/sign-up", content=with_name(twice), headers={"Content-Type": JSON}
        )
        assert answer.status_code == 422

    assert await accounts(database) == 0
