"""What the API does with subjects."""

from asyncio import gather
from typing import Any
from uuid import UUID

import pytest
from httpx2 import AsyncClient, Response

from app.database import Database
from app.resources.subjects.repository import SubjectRepository
from tests.auth.fixtures import SignIn
from tests.factories.subjects import body_of_subject, make_subject
from tests.factories.works import make_work

URL = "/subjects"


WRITTEN: tuple[str, ...] = ("version_", "updated_at")
"""What every write changes."""


def body_of(method: str) -> dict[str, Any] | None:
    """A body for the methods that have one."""
    return {} if method in {"POST", "PATCH", "PUT"} else None


def pointers(response: Response) -> list[str]:
    """The parts of the request that a problem names."""
    return [error["pointer"] for error in response.json()["errors"]]


async def test_create_stores_what_was_sent(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id)
    response = await session.client.post(URL, json=body)
    assert response.status_code == 201, response.text
    created = response.json()
    for name in ("name",):
        assert created[name] == body[name], name
    assert response.headers["location"].endswith(f"{URL}/{created['id']}")
    assert response.headers["etag"] == '"1"'
    assert await SubjectRepository(database).get(UUID(created["id"]))


@pytest.mark.parametrize("name", ("name",))
async def test_create_needs(database: Database, sign_in: SignIn, name: str) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id)
    del body[name]
    response = await session.client.post(URL, json=body)
    assert response.status_code == 422, response.text
    assert pointers(response) == [f"/{name}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("name", "Not A Slug", id="name: capitals"),
        pytest.param("name", None, id="name: null"),
    ],
)
async def test_create_refuses(database: Database, sign_in: SignIn, name: str, value: Any) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id, **{name: value})
    response = await session.client.post(URL, json=body)
    assert response.status_code == 422, response.text
    assert pointers(response) == [f"/{name}"]
    assert response.json()["errors"][0]["code"] != "check", "refused by the database alone"


@pytest.mark.parametrize("name", ("id", "created_at", "updated_at", "unheard_of"))
async def test_create_takes_nothing_else(database: Database, sign_in: SignIn, name: str) -> None:
    session = await sign_in("librarian")
    body = {**await body_of_subject(database, session.user_id), name: "1"}
    response = await session.client.post(URL, json=body)
    assert response.status_code == 422, response.text
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"]) == (f"/{name}", "extra_forbidden")


@pytest.mark.parametrize("names", (("name",),), ids="+".join)
async def test_create_refuses_a_second(
    database: Database, sign_in: SignIn, names: tuple[str, ...]
) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id)
    same = {name: body[name] for name in names}
    await make_subject(database, session.user_id, **same)
    response = await session.client.post(URL, json=body)
    assert response.status_code == 409, response.text
    assert {f"/{name}" for name in names} <= set(pointers(response))


async def test_create_happens_once_a_key(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id)
    headers = {"Idempotency-Key": "the-key"}
    first = await session.client.post(URL, json=body, headers=headers)
    again = await session.client.post(URL, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert again.content == first.content
    for name in ("etag", "location", "content-type"):
        assert again.headers[name] == first.headers[name], name
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert await SubjectRepository(database).get(UUID(first.json()["id"]))


async def test_creates_at_once_with_a_key_are_one(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id)
    headers = {"Idempotency-Key": "the-key"}
    tries = [session.client.post(URL, json=body, headers=headers) for _ in range(2)]
    one, other = await gather(*tries)
    assert (one.status_code, other.status_code) == (201, 201), (one.text, other.text)
    assert one.json() == other.json()
    assert [*{answer.headers.get("idempotency-replayed") for answer in (one, other)} - {None}] == [
        "true"
    ]


async def test_a_create_that_was_refused_takes_no_key(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    body = await body_of_subject(database, session.user_id)
    headers = {"Idempotency-Key": "the-key"}
    refused = await session.client.post(URL, json={**body, "unheard_of": 1}, headers=headers)
    assert refused.status_code == 422, refused.text
    assert (await session.client.post(URL, json=body, headers=headers)).status_code == 201
    other = await body_of_subject(database, session.user_id)
    if other != body:
        answer = await session.client.post(URL, json=other, headers=headers)
        assert answer.status_code == 422, answer.text
        assert pointers(answer) == ["/Idempotency-Key"]


async def test_get(database: Database, client: AsyncClient) -> None:

    row = await make_subject(database)
    response = await client.get(f"{URL}/{row['id']}")
    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(row["id"])
    assert response.headers["etag"] == '"1"'


async def test_get_of_none(database: Database, client: AsyncClient) -> None:

    response = await client.get(f"{URL}/{UUID(int=0)}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_list_is_in_order_and_pages_visit_each_once(
    database: Database, client: AsyncClient
) -> None:

    rows = [await make_subject(database) for _ in range(3)]
    seen: list[Any] = []
    parameters: dict[str, Any] = {"limit": 1}
    for _ in rows:
        response = await client.get(URL, params=parameters)
        assert response.status_code == 200, response.text
        seen += [item["id"] for item in response.json()["items"]]
        parameters["cursor"] = response.json()["next_cursor"]
    assert parameters["cursor"] is None
    assert seen == [str(row["id"]) for row in reversed(rows)]


async def test_list_counts_its_rows_when_asked(database: Database, client: AsyncClient) -> None:

    counting: dict[str, Any] = {"limit": 1, "total": "true"}
    before = (await client.get(URL, params=counting)).json()["total"]
    for _ in range(3):
        await make_subject(database)
    page = (await client.get(URL, params=counting)).json()
    assert (len(page["items"]), page["total"]) == (1, before + 3)
    counting["cursor"] = page["next_cursor"]
    assert (await client.get(URL, params=counting)).json()["total"] == before + 3
    assert "total" not in (await client.get(URL)).json()


@pytest.mark.parametrize(
    "parameters",
    [
        {"limit": 0},
        {"limit": 101},
        {"cursor": "x"},
        {"total": "yes"},
        {"unheard_of": 1},
        {"sort": "unheard_of"},
    ],
    ids=str,
)
async def test_list_refuses(
    database: Database, client: AsyncClient, parameters: dict[str, Any]
) -> None:

    response = await client.get(URL, params=parameters)
    assert response.status_code == 422, response.text


async def test_a_cursor_is_of_one_order(database: Database, client: AsyncClient) -> None:

    for _ in range(2):
        await make_subject(database)
    cursor = (await client.get(URL, params={"limit": 1})).json()["next_cursor"]
    parameters = {"limit": 1, "cursor": cursor, "sort": "name"}
    assert (await client.get(URL, params=parameters)).status_code == 422


@pytest.mark.parametrize(("name", "parameter"), (("name", "name"),))
async def test_list_filters_by(
    database: Database, client: AsyncClient, name: str, parameter: str
) -> None:

    body = await body_of_subject(database)
    await make_subject(database)
    row = await make_subject(database, **body)
    response = await client.get(URL, params={parameter: body[name]})
    assert response.status_code == 200, response.text
    assert [item["id"] for item in response.json()["items"]] == [str(row["id"])]


@pytest.mark.parametrize(("name", "attribute"), (("name", "name"), ("created_at", "created_at")))
async def test_list_sorts_by(
    database: Database, client: AsyncClient, name: str, attribute: str
) -> None:

    rows = [await make_subject(database) for _ in range(3)]
    rows.sort(key=lambda row: (row[attribute] is None, row[attribute], row["id"]))
    ids = [str(row["id"]) for row in rows]
    for sort, expected in ((name, ids), (f"-{name}", ids[::-1])):
        response = await client.get(URL, params={"sort": sort})
        assert response.status_code == 200, response.text
        assert [item["id"] for item in response.json()["items"]] == expected, sort


@pytest.mark.parametrize(("name", "attribute"), (("name", "name"),))
async def test_update_changes_one_thing(
    database: Database, sign_in: SignIn, name: str, attribute: str
) -> None:
    session = await sign_in("librarian")
    before = await make_subject(database, session.user_id)
    body = await body_of_subject(database, session.user_id)
    response = await session.client.patch(f"{URL}/{before['id']}", json={name: body[name]})
    assert response.status_code == 200, response.text
    assert response.headers["etag"] == '"2"'
    assert response.json().get(name, body[name]) == body[name]
    after = await SubjectRepository(database).get(before["id"])
    assert after is not None
    changed = {key for key in after if after[key] != before[key]}
    assert {*WRITTEN} <= changed <= {attribute, *WRITTEN}


@pytest.mark.parametrize(
    ("name", "code"),
    (
        ("id", "extra_forbidden"),
        ("created_at", "extra_forbidden"),
        ("updated_at", "extra_forbidden"),
        ("unheard_of", "extra_forbidden"),
    ),
)
async def test_update_takes_nothing_else(
    database: Database, sign_in: SignIn, name: str, code: str
) -> None:
    session = await sign_in("librarian")
    row = await make_subject(database, session.user_id)
    response = await session.client.patch(f"{URL}/{row['id']}", json={name: "1"})
    assert response.status_code == 422, response.text
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"]) == (f"/{name}", code)


async def test_update_of_a_stale_version(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_subject(database, session.user_id)
    for tag, status in (('"7"', 412), ("nonsense", 412), ('"1"', 200)):
        response = await session.client.patch(
            f"{URL}/{row['id']}", json={}, headers={"If-Match": tag}
        )
        assert response.status_code == status, response.text
    body = await body_of_subject(database, session.user_id)
    for status in (200, 412):
        response = await session.client.patch(
            f"{URL}/{row['id']}", json={"name": body["name"]}, headers={"If-Match": '"1"'}
        )
        assert response.status_code == status, response.text


async def test_update_with_nothing_writes_nothing(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_subject(database, session.user_id)
    response = await session.client.patch(f"{URL}/{row['id']}", json={})
    assert response.status_code == 200, response.text
    assert response.headers["etag"] == '"1"'
    assert await SubjectRepository(database).get(row["id"]) == row


async def test_update_of_none(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    response = await session.client.patch(f"{URL}/{UUID(int=0)}", json={})
    assert response.status_code == 404, response.text


async def test_delete(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_subject(database, session.user_id)
    url = f"{URL}/{row['id']}"
    assert (await session.client.delete(url, headers={"If-Match": '"7"'})).status_code == 412
    response = await session.client.delete(url)
    assert response.status_code == 204, response.text
    assert response.content == b""
    assert await SubjectRepository(database).get(row["id"]) is None
    assert (await session.client.delete(url)).status_code == 404


async def test_link_and_unlink_works(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_subject(database, session.user_id)
    other = await make_work(database, session.user_id)
    url = f"{URL}/{row['id']}/works"
    for _ in range(2):
        assert (await session.client.put(f"{url}/{other['id']}")).status_code == 204
    links = SubjectRepository(database).works_links()
    assert await links.count(row["id"]) == 1
    items = (await session.client.get(url)).json()["items"]
    assert [item["id"] for item in items] == [str(other["id"])]
    linked = await links.count(row["id"])
    for method in ("PUT", "DELETE"):
        stale = await session.client.request(
            method, f"{url}/{other['id']}", headers={"If-Match": '"7"'}
        )
        assert stale.status_code == 412
    assert await links.count(row["id"]) == linked
    assert (await session.client.delete(f"{url}/{other['id']}")).status_code == 204
    assert await links.count(row["id"]) == linked - 1
    assert (await session.client.put(f"{url}/{UUID(int=0)}")).status_code == 404
    assert (await session.client.put(f"{URL}/{UUID(int=0)}/works/{other['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    (
        ("POST", "/subjects"),
        ("PATCH", "/subjects/{id}"),
        ("DELETE", "/subjects/{id}"),
        ("PUT", "/subjects/{id}/works/00000000-0000-0000-0000-000000000000"),
        ("DELETE", "/subjects/{id}/works/00000000-0000-0000-0000-000000000000"),
    ),
)
async def test_nobody_may(database: Database, client: AsyncClient, method: str, path: str) -> None:
    row = await make_subject(database)
    response = await client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code == 401, response.text
    assert await SubjectRepository(database).get(row["id"]) == row


@pytest.mark.parametrize(
    ("method", "path", "role"),
    (
        ("POST", "/subjects", "user"),
        ("POST", "/subjects", "admin"),
        ("PATCH", "/subjects/{id}", "user"),
        ("PATCH", "/subjects/{id}", "admin"),
        ("DELETE", "/subjects/{id}", "user"),
        ("DELETE", "/subjects/{id}", "admin"),
        ("PUT", "/subjects/{id}/works/00000000-0000-0000-0000-000000000000", "user"),
        ("PUT", "/subjects/{id}/works/00000000-0000-0000-0000-000000000000", "admin"),
        ("DELETE", "/subjects/{id}/works/00000000-0000-0000-0000-000000000000", "user"),
        ("DELETE", "/subjects/{id}/works/00000000-0000-0000-0000-000000000000", "admin"),
    ),
)
async def test_other_roles_may_not(
    database: Database, sign_in: SignIn, method: str, path: str, role: str
) -> None:
    session = await sign_in(role)
    row = await make_subject(database)
    response = await session.client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code == 403, response.text
    assert await SubjectRepository(database).get(row["id"]) == row


@pytest.mark.parametrize(
    ("method", "path", "role"),
    (
        ("POST", "/subjects", "librarian"),
        ("PATCH", "/subjects/{id}", "librarian"),
        ("DELETE", "/subjects/{id}", "librarian"),
    ),
)
async def test_roles_may(
    database: Database, sign_in: SignIn, method: str, path: str, role: str
) -> None:
    session = await sign_in(role)
    row = await make_subject(database)
    response = await session.client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code in {200, 201, 204, 422}, response.text
