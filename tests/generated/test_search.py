"""Searches by words, on a real server and a real database: the same answers on every engine."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from generated.projects import each_sample
from generated.server import Server

each_wiki = each_sample(
    quick=(),
    proof=(("wiki", "postgresql"), ("wiki", "mariadb")),
    thorough=(("wiki", "sqlite"),),
)

TEXTS = (
    ("The Moon", "seen from far away"),
    ("Moonlight", "a sonata; it's by Beethoven"),
    ("STRASSE", "Straßen, überall"),
    ("ΟΔΥΣΣΕΥΣ", "caf\u00e9 \uff23\uff21\uff26\uff25"),
    ("Numbers", "1,000 2.5e10 x86_64 C++ 3.11 a-b foo@example.com http://example.com/path?x=y"),
    ("हिन्दी", "漢字 かな العربية ١٢٣"),
    ("100% & <tags> ' \" \\ | : * !", "the and or not"),
    ("\U0001d41b\U0001d428\U0001d425\U0001d41d", "ﬁnd ǅ İstanbul"),
    ("x" * 200, ""),
)
QUERIES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("moon", (0, 1)),
    ("MOON the", (0,)),
    ("oon", ()),
    ("away moon", (0,)),
    ("moon sonata", (1,)),
    ("it's", (1,)),
    ("strasse", (2,)),
    ("straße", (2,)),
    ("ÜBERALL", (2,)),
    ("uberall", ()),
    ("οδυσσευς", (3,)),
    ("cafe", (3,)),
    ("caf\u00e9", (3,)),
    ("cafe\u0301", (3,)),
    ("1 000", (4,)),
    ("2.5e10", (4,)),
    ("x86_64", (4,)),
    ("example", (4,)),
    ("foo@example.com", (4,)),
    ("हिन्दी", (5,)),
    ("हिन्", (5,)),
    ("漢", (5,)),
    ("字", ()),
    ("١٢", (5,)),
    ("NOT", (6,)),
    ("the", (0, 6)),
    ("tags:* & 100", (6,)),
    ("bold", (7,)),
    ("find", (7,)),
    ("x" * 150, (8,)),
    ("nothing", ()),
)
HOSTILE = (
    "'; DROP TABLE pages; --",
    "%",
    "_",
    "\\",
    "a:*|b",
    "!(",
    "*:",
    "<->",
    "\u200b",
    "'" * 200,
)


@pytest.fixture
def client(server: Server, user_token: str) -> Iterator[httpx2.Client]:
    """A client of somebody who has signed in."""
    with server.connect(user_token) as client:
        yield client


@pytest.fixture
def space_id(server: Server, admin_token: str) -> str:
    """A space of its own."""
    with server.connect(admin_token) as client:
        answer = client.post("/spaces", json={"key": uuid4().hex, "name": "Searched"})
        assert answer.status_code == 201, answer.text
        made: str = answer.json()["id"]
        return made


def page(client: httpx2.Client, space_id: str, title: str, body: str) -> str:
    """The id of a new page."""
    answer = client.post("/pages", json={"space_id": space_id, "title": title, "body": body})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


def found(client: httpx2.Client, space_id: str, q: str) -> set[str]:
    """The ids of what is found in a space."""
    answer = client.get("/pages", params={"q": q, "space_id": space_id, "limit": 100})
    assert answer.status_code == 200, (q, answer.text)
    return {item["id"] for item in answer.json()["items"]}


@each_wiki
def test_every_engine_finds_the_same(client: httpx2.Client, space_id: str) -> None:
    ids = [page(client, space_id, title, body) for title, body in TEXTS]
    answers = {q: tuple(ids.index(one) for one in found(client, space_id, q)) for q, _ in QUERIES}
    assert {q: set(numbers) for q, numbers in answers.items()} == {
        q: set(numbers) for q, numbers in QUERIES
    }


@each_wiki
def test_a_change_changes_what_is_found(client: httpx2.Client, space_id: str) -> None:
    one = page(client, space_id, "First", "old text")
    assert client.patch(f"/pages/{one}", json={"title": "Second"}).status_code == 200
    assert found(client, space_id, "second old") == {one}
    assert found(client, space_id, "first") == set()
    stale = {"If-Match": '"1"'}
    assert client.patch(f"/pages/{one}", json={"body": "new"}, headers=stale).status_code == 412
    assert client.patch(f"/pages/{uuid4()}", json={"body": "new"}).status_code == 404
    assert found(client, space_id, "old") == {one}


@each_wiki
def test_what_is_deleted_is_not_found(client: httpx2.Client, space_id: str) -> None:
    one = page(client, space_id, "Here", "today")
    assert client.delete(f"/pages/{one}").status_code == 204
    assert found(client, space_id, "here") == set()
    assert client.post(f"/pages/{one}:restore").status_code == 200
    assert found(client, space_id, "here") == {one}


@each_wiki
def test_a_search_is_no_code(client: httpx2.Client, space_id: str) -> None:
    one = page(client, space_id, "Bobby", "tables")
    for q in HOSTILE:
        assert found(client, space_id, q) in ({one}, set())
    for q in ("\x00", "x" * 201, "a\x00b"):
        assert client.get("/pages", params={"q": q}).status_code == 422
    assert found(client, space_id, "bobby") == {one}


@each_wiki
def test_a_cursor_is_of_one_search(client: httpx2.Client, space_id: str) -> None:
    ids = {page(client, space_id, f"Same {number}", "") for number in range(3)}
    query = {"q": "same", "space_id": space_id, "limit": "2"}
    first = client.get("/pages", params=query).json()
    second = client.get("/pages", params={**query, "cursor": first["next_cursor"]}).json()
    assert {item["id"] for item in first["items"] + second["items"]} == ids
    other = {**query, "q": "other", "cursor": first["next_cursor"]}
    assert client.get("/pages", params=other).status_code == 422


@each_wiki
def test_a_text_of_the_greatest_length_is_searched(client: httpx2.Client, space_id: str) -> None:
    words = " ".join(f"{number:x}\u6f22" for number in range(12_000))
    one = page(client, space_id, "Long", words[:65_000])
    assert found(client, space_id, "long fff") == {one}


@each_sample(quick=(), proof=(("wiki", "postgresql"),), thorough=())
def test_postgresql_has_an_index_for_it(server: Server) -> None:
    explained = "EXPLAIN SELECT id FROM pages WHERE _words @@ CAST('moon:* & fro:*' AS tsquery)"
    plan = "\n".join(asyncio.run(without_scans(server.database_url, explained)))
    assert "ix_pages__words" in plan, plan


async def without_scans(url: str, statement: str) -> list[str]:
    """What is answered by a server that reads no table from end to end where it needn't."""
    settings = {"server_settings": {"enable_seqscan": "off"}}
    engine = create_async_engine(url, poolclass=sa.NullPool, connect_args=settings)
    async with engine.connect() as connection:
        return [str(row[0]) for row in await connection.execute(sa.text(statement))]
