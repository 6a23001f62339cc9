"""What the API does with loans."""

from asyncio import gather
from typing import Any
from uuid import UUID

import pytest
from httpx2 import AsyncClient, Response
from sqlalchemy import delete

from app.auth.models import User
from app.database import Database
from app.resources.loans.repository import LoanRepository
from tests.auth.fixtures import SignIn
from tests.factories.loans import body_of_loan, make_loan

URL = "/loans"


WRITTEN: tuple[str, ...] = ("version_", "updated_at")
"""What every write changes."""


def body_of(method: str) -> dict[str, Any] | None:
    """A body for the methods that have one."""
    return {} if method in {"POST", "PATCH", "PUT"} else None


def pointers(response: Response) -> list[str]:
    """The parts of the request that a problem names."""
    return [error["pointer"] for error in response.json()["errors"]]


async def test_create_stores_what_was_sent(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    response = await session.client.post(URL, json=body)
    assert response.status_code == 201, response.text
    created = response.json()
    for name in ("lent_at", "due_at", "work_id"):
        assert created[name] == body[name], name
    assert response.headers["location"].endswith(f"{URL}/{created['id']}")
    assert response.headers["etag"] == '"1"'
    assert await LoanRepository(database).get(UUID(created["id"]))
    assert created.keys().isdisjoint(("note",))


@pytest.mark.parametrize("name", ("due_at", "work_id"))
async def test_create_needs(database: Database, sign_in: SignIn, name: str) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    del body[name]
    response = await session.client.post(URL, json=body)
    assert response.status_code == 422, response.text
    assert pointers(response) == [f"/{name}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("lent_at", "2026-01-01T00:00:00", id="lent_at: no time zone"),
        pytest.param("lent_at", None, id="lent_at: null"),
        pytest.param("due_at", "2026-01-01T00:00:00", id="due_at: no time zone"),
        pytest.param("due_at", None, id="due_at: null"),
        pytest.param("note", 5, id="note: a number"),
        pytest.param("note", "a\0b", id="note: a NUL"),
        pytest.param("note", "x" * 501, id="note: too long"),
    ],
)
async def test_create_refuses(database: Database, sign_in: SignIn, name: str, value: Any) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id, **{name: value})
    response = await session.client.post(URL, json=body)
    assert response.status_code == 422, response.text
    assert pointers(response) == [f"/{name}"]
    assert response.json()["errors"][0]["code"] != "check", "refused by the database alone"


@pytest.mark.parametrize("name", ("id", "borrower_id", "created_at", "updated_at", "unheard_of"))
async def test_create_takes_nothing_else(database: Database, sign_in: SignIn, name: str) -> None:
    session = await sign_in("user")
    body = {**await body_of_loan(database, session.user_id), name: "1"}
    response = await session.client.post(URL, json=body)
    assert response.status_code == 422, response.text
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"]) == (f"/{name}", "extra_forbidden")


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("work_id", str(UUID(int=0))),
    ],
)
async def test_create_refuses_a_missing(
    database: Database, sign_in: SignIn, name: str, missing: str | int
) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id, **{name: missing})
    response = await session.client.post(URL, json=body)
    assert response.status_code == 409, response.text
    assert pointers(response) == [f"/{name}"]


async def test_create_needs_an_account_that_is_there(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    session = await sign_in("user")
    await database.run(delete(User).where(User.id == session.user_id))
    response = await session.client.post(URL, json=body)
    assert response.status_code == 401, response.text
    assert "www-authenticate" in response.headers


async def test_create_happens_once_a_key(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    headers = {"Idempotency-Key": "the-key"}
    first = await session.client.post(URL, json=body, headers=headers)
    again = await session.client.post(URL, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert again.content == first.content
    for name in ("etag", "location", "content-type"):
        assert again.headers[name] == first.headers[name], name
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert await LoanRepository(database).get(UUID(first.json()["id"]))


async def test_creates_at_once_with_a_key_are_one(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    headers = {"Idempotency-Key": "the-key"}
    tries = [session.client.post(URL, json=body, headers=headers) for _ in range(2)]
    one, other = await gather(*tries)
    assert (one.status_code, other.status_code) == (201, 201), (one.text, other.text)
    assert one.json() == other.json()
    assert [*{answer.headers.get("idempotency-replayed") for answer in (one, other)} - {None}] == [
        "true"
    ]


async def test_a_create_that_was_refused_takes_no_key(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    headers = {"Idempotency-Key": "the-key"}
    refused = await session.client.post(URL, json={**body, "unheard_of": 1}, headers=headers)
    assert refused.status_code == 422, refused.text
    assert (await session.client.post(URL, json=body, headers=headers)).status_code == 201
    other = await body_of_loan(database, session.user_id)
    if other != body:
        answer = await session.client.post(URL, json=other, headers=headers)
        assert answer.status_code == 422, answer.text
        assert pointers(answer) == ["/Idempotency-Key"]


async def test_get(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    row = await make_loan(database, session.user_id)
    response = await session.client.get(f"{URL}/{row['id']}")
    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(row["id"])
    assert response.headers["etag"] == '"1"'
    assert response.json().keys().isdisjoint(("note",))


async def test_get_of_none(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    response = await session.client.get(f"{URL}/{UUID(int=0)}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_list_is_in_order_and_pages_visit_each_once(
    database: Database, sign_in: SignIn
) -> None:
    session = await sign_in("user")
    rows = [await make_loan(database, session.user_id) for _ in range(3)]
    seen: list[Any] = []
    parameters: dict[str, Any] = {"limit": 1}
    for _ in rows:
        response = await session.client.get(URL, params=parameters)
        assert response.status_code == 200, response.text
        seen += [item["id"] for item in response.json()["items"]]
        parameters["cursor"] = response.json()["next_cursor"]
    assert parameters["cursor"] is None
    assert seen == [str(row["id"]) for row in reversed(rows)]


async def test_list_counts_its_rows_when_asked(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    counting: dict[str, Any] = {"limit": 1, "total": "true"}
    before = (await session.client.get(URL, params=counting)).json()["total"]
    for _ in range(3):
        await make_loan(database, session.user_id)
    page = (await session.client.get(URL, params=counting)).json()
    assert (len(page["items"]), page["total"]) == (1, before + 3)
    counting["cursor"] = page["next_cursor"]
    assert (await session.client.get(URL, params=counting)).json()["total"] == before + 3
    assert "total" not in (await session.client.get(URL)).json()


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
    database: Database, sign_in: SignIn, parameters: dict[str, Any]
) -> None:
    session = await sign_in("user")
    response = await session.client.get(URL, params=parameters)
    assert response.status_code == 422, response.text


async def test_a_cursor_is_of_one_order(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    for _ in range(2):
        await make_loan(database, session.user_id)
    cursor = (await session.client.get(URL, params={"limit": 1})).json()["next_cursor"]
    parameters = {"limit": 1, "cursor": cursor, "sort": "work_id"}
    assert (await session.client.get(URL, params=parameters)).status_code == 422


async def test_a_cursor_is_of_ones_own_list(database: Database, sign_in: SignIn) -> None:
    me, other = await sign_in("user"), await sign_in("user")
    for _ in range(2):
        await make_loan(database, me.user_id)
    cursor = (await me.client.get(URL, params={"limit": 1})).json()["next_cursor"]
    for somebody, status in ((me, 200), (other, 422)):
        response = await somebody.client.get(URL, params={"limit": 1, "cursor": cursor})
        assert response.status_code == status, response.text


@pytest.mark.parametrize(
    ("name", "attribute"),
    (("work_id", "work_id"), ("borrower_id", "borrower_id"), ("created_at", "created_at")),
)
async def test_list_sorts_by(
    database: Database, sign_in: SignIn, name: str, attribute: str
) -> None:
    session = await sign_in("user")
    rows = [await make_loan(database, session.user_id) for _ in range(3)]
    rows.sort(key=lambda row: (row[attribute] is None, row[attribute], row["id"]))
    ids = [str(row["id"]) for row in rows]
    for sort, expected in ((name, ids), (f"-{name}", ids[::-1])):
        response = await session.client.get(URL, params={"sort": sort})
        assert response.status_code == 200, response.text
        assert [item["id"] for item in response.json()["items"]] == expected, sort


@pytest.mark.parametrize(("name", "attribute"), (("work_id", "work_id"),))
async def test_list_filters_by_reference(
    database: Database, sign_in: SignIn, name: str, attribute: str
) -> None:
    session = await sign_in("user")
    row, _ = [await make_loan(database, session.user_id) for _ in range(2)]
    response = await session.client.get(URL, params={name: str(row[attribute])})
    assert response.status_code == 200, response.text
    assert [item["id"] for item in response.json()["items"]] == [str(row["id"])]


@pytest.mark.parametrize(("name", "attribute"), (("note", "note"), ("work_id", "work_id")))
async def test_update_changes_one_thing(
    database: Database, sign_in: SignIn, name: str, attribute: str
) -> None:
    session = await sign_in("librarian")
    before = await make_loan(database, session.user_id)
    body = await body_of_loan(database, session.user_id)
    response = await session.client.patch(f"{URL}/{before['id']}", json={name: body[name]})
    assert response.status_code == 200, response.text
    assert response.headers["etag"] == '"2"'
    assert response.json().get(name, body[name]) == body[name]
    after = await LoanRepository(database).get(before["id"])
    assert after is not None
    changed = {key for key in after if after[key] != before[key]}
    assert {*WRITTEN} <= changed <= {attribute, *WRITTEN}


@pytest.mark.parametrize(("name", "attribute"), (("note", "note"),))
async def test_update_tells_null_from_absent(
    database: Database, sign_in: SignIn, name: str, attribute: str
) -> None:
    session = await sign_in("librarian")
    row = await make_loan(database, session.user_id)
    response = await session.client.patch(f"{URL}/{row['id']}", json={name: None})
    assert response.status_code == 200, response.text
    after = await LoanRepository(database).get(row["id"])
    assert after is not None
    assert after[attribute] is None


@pytest.mark.parametrize(
    ("name", "code"),
    (
        ("id", "extra_forbidden"),
        ("borrower_id", "extra_forbidden"),
        ("created_at", "extra_forbidden"),
        ("updated_at", "extra_forbidden"),
        ("unheard_of", "extra_forbidden"),
    ),
)
async def test_update_takes_nothing_else(
    database: Database, sign_in: SignIn, name: str, code: str
) -> None:
    session = await sign_in("librarian")
    row = await make_loan(database, session.user_id)
    response = await session.client.patch(f"{URL}/{row['id']}", json={name: "1"})
    assert response.status_code == 422, response.text
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"]) == (f"/{name}", code)


async def test_update_of_a_stale_version(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_loan(database, session.user_id)
    for tag, status in (('"7"', 412), ("nonsense", 412), ('"1"', 200)):
        response = await session.client.patch(
            f"{URL}/{row['id']}", json={}, headers={"If-Match": tag}
        )
        assert response.status_code == status, response.text
    body = await body_of_loan(database, session.user_id)
    for status in (200, 412):
        response = await session.client.patch(
            f"{URL}/{row['id']}", json={"note": body["note"]}, headers={"If-Match": '"1"'}
        )
        assert response.status_code == status, response.text


async def test_update_with_nothing_writes_nothing(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_loan(database, session.user_id)
    response = await session.client.patch(f"{URL}/{row['id']}", json={})
    assert response.status_code == 200, response.text
    assert response.headers["etag"] == '"1"'
    assert await LoanRepository(database).get(row["id"]) == row


async def test_update_of_none(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    response = await session.client.patch(f"{URL}/{UUID(int=0)}", json={})
    assert response.status_code == 404, response.text


async def test_create_compares_lent_at_and_due_at(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    body = await body_of_loan(database, session.user_id)
    wrong = {"lent_at": body["due_at"], "due_at": body["lent_at"]}
    response = await session.client.post(URL, json={**body, **wrong})
    assert response.status_code == 422, response.text
    errors = response.json()["errors"]
    assert {"/lent_at", "/due_at"} <= {*pointers(response)}
    assert "lent_at must be less than due_at" in [
        error["detail"] for error in errors if error["code"] == "check"
    ]


async def test_update_compares_lent_at_and_due_at(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    body = await body_of_loan(database, session.user_id)
    row = await make_loan(database, session.user_id, **body)
    later = await body_of_loan(database, session.user_id)
    both = {"lent_at": body["due_at"], "due_at": body["lent_at"]}
    one = {"lent_at": later["due_at"]}
    for wrong in (both, one):
        response = await session.client.patch(f"{URL}/{row['id']}", json=wrong)
        assert response.status_code == 422, response.text
        assert {"/lent_at", "/due_at"} <= {*pointers(response)}
        assert "lent_at must be less than due_at" in str(
            [error["detail"] for error in response.json()["errors"]]
        )
    assert await LoanRepository(database).get(row["id"]) == row


async def test_delete(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("librarian")
    row = await make_loan(database, session.user_id)
    url = f"{URL}/{row['id']}"
    assert (await session.client.delete(url, headers={"If-Match": '"7"'})).status_code == 412
    response = await session.client.delete(url)
    assert response.status_code == 204, response.text
    assert response.content == b""
    assert await LoanRepository(database).get(row["id"]) is None
    assert (await session.client.delete(url)).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    (
        ("GET", "/loans"),
        ("POST", "/loans"),
        ("GET", "/loans/{id}"),
        ("PATCH", "/loans/{id}"),
        ("DELETE", "/loans/{id}"),
    ),
)
async def test_nobody_may(database: Database, client: AsyncClient, method: str, path: str) -> None:
    row = await make_loan(database)
    response = await client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code == 401, response.text
    assert await LoanRepository(database).get(row["id"]) == row


@pytest.mark.parametrize(
    ("method", "path", "role"),
    (("PATCH", "/loans/{id}", "user"), ("DELETE", "/loans/{id}", "user")),
)
async def test_other_roles_may_not(
    database: Database, sign_in: SignIn, method: str, path: str, role: str
) -> None:
    session = await sign_in(role)
    row = await make_loan(database)
    response = await session.client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code == 403, response.text
    assert await LoanRepository(database).get(row["id"]) == row


@pytest.mark.parametrize(
    ("method", "path", "role"),
    (
        ("GET", "/loans", "librarian"),
        ("GET", "/loans/{id}", "librarian"),
        ("PATCH", "/loans/{id}", "librarian"),
        ("PATCH", "/loans/{id}", "admin"),
        ("DELETE", "/loans/{id}", "librarian"),
        ("DELETE", "/loans/{id}", "admin"),
    ),
)
async def test_roles_may(
    database: Database, sign_in: SignIn, method: str, path: str, role: str
) -> None:
    session = await sign_in(role)
    row = await make_loan(database)
    response = await session.client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code in {200, 201, 204, 422}, response.text


@pytest.mark.parametrize(("method", "path", "status"), (("GET", "/loans/{id}", 404),))
async def test_others_rows_are_out_of_reach(
    database: Database, sign_in: SignIn, method: str, path: str, status: int
) -> None:
    session = await sign_in("user")
    row = await make_loan(database)
    response = await session.client.request(method, path.format(id=row["id"]), json=body_of(method))
    assert response.status_code == status, response.text
    assert await LoanRepository(database).get(row["id"]) == row


async def test_list_shows_ones_own_alone(database: Database, sign_in: SignIn) -> None:
    session = await sign_in("user")
    await make_loan(database)
    row = await make_loan(database, session.user_id)
    items = (await session.client.get(URL)).json()["items"]
    assert [item["id"] for item in items] == [str(row["id"])]
