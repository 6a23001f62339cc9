"""Clients of a service with camel case meet no other, on a real server and a real database."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from generated.projects import each_sample
from generated.server import PASSWORD, Server, admin

each_helpdesk = each_sample(quick=(), proof=(("helpdesk", "postgresql"),))
each_weather = each_sample(quick=(("weather", "sqlite"),), proof=())

LATE, LATER = "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"
NOBODY = str(UUID(int=0))


def pointers(answer: httpx2.Response) -> set[str]:
    """The parts of a request that a problem names."""
    return {one["pointer"] for one in answer.json()["errors"]}


def ticket(client: httpx2.Client, **more: object) -> httpx2.Response:
    """The answer to a new ticket of a new department."""
    made = client.post("/departments", json={"name": uuid4().hex}).json()
    body = {"subject": "It hums", "body": "Loudly.", "departmentId": made["id"]}
    return client.post("/tickets", json={**body, **more})


@each_helpdesk
def test_what_is_sent_comes_back_by_the_same_names(server: Server) -> None:
    with server.connect(admin(server)) as client:
        answer = ticket(client, dueAt=LATER, sourceIp="::1")
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    assert (made["dueAt"], made["sourceIp"], made["duplicateOfId"]) == (LATER, "::1", None)
    assert not [name for name in made if "_" in name]


@each_helpdesk
@pytest.mark.parametrize(
    ("more", "status", "named"),
    [
        ({"due_at": LATER}, 422, {"/due_at"}),
        ({"department_id": NOBODY}, 422, {"/department_id"}),
        ({"departmentId": None}, 422, {"/departmentId"}),
        ({"dueAt": "soon"}, 422, {"/dueAt"}),
        ({"firstAnswerAt": LATER, "dueAt": LATE}, 422, {"/firstAnswerAt", "/dueAt"}),
        ({"departmentId": NOBODY}, 409, {"/departmentId"}),
    ],
    ids=["snake", "snake-too", "null", "form", "check", "reference"],
)
def test_what_is_wrong_is_told_by_its_name(
    server: Server, more: dict[str, object], status: int, named: set[str]
) -> None:
    with server.connect(admin(server)) as client:
        answer = ticket(client, **more)
    assert answer.status_code == status, answer.text
    assert pointers(answer) == named


@each_helpdesk
def test_a_check_speaks_of_the_same_names(server: Server) -> None:
    with server.connect(admin(server)) as client:
        made = ticket(client, dueAt=LATE).json()
        answer = client.patch(f"/tickets/{made['id']}", json={"firstAnswerAt": LATER})
    assert answer.status_code == 422, answer.text
    assert "firstAnswerAt must be less than or equal to dueAt" in answer.text


@each_helpdesk
def test_lists_are_filtered_and_sorted_by_the_same_names(server: Server) -> None:
    with server.connect(admin(server)) as client:
        early, late = (ticket(client, dueAt=due).json()["id"] for due in (LATE, LATER))

        def found(**query: str) -> list[str]:
            items = client.get("/tickets", params={"size": "50", **query}).json()["items"]
            return [item["id"] for item in items if item["id"] in (early, late)]

        assert found(sort="dueAt") == [early, late]
        assert found(sort="-dueAt") == [late, early]
        assert found(dueAt__gt=LATE) == [late]
        for query in ({"sort": "due_at"}, {"due_at": LATE}, {"due_at__gt": LATE}):
            assert client.get("/tickets", params=query).status_code == 422, query


@each_helpdesk
def test_what_a_standard_has_named_keeps_its_name(server: Server) -> None:
    email = f"{uuid4().hex}@example.com"
    with server.connect() as client:
        body = {"email": email, "password": PASSWORD, "fullName": "Ada"}
        assert client.post("/auth/sign-up", json=body).json()["fullName"] == "Ada"
        tokens = client.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
        assert tokens.keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
        body = {"refresh_token": tokens["refresh_token"]}
        assert client.post("/auth/refresh", json=body).status_code == 200
        problem = client.get("/users/me")
    assert problem.json()["request_id"] == problem.headers["X-Request-ID"]


@each_weather
def test_a_page_names_the_next(server: Server) -> None:
    with server.connect() as client:
        for number in range(2):
            assert client.post("/users", json={"name": f"Keeper {number}"}).status_code == 201
        page = client.get("/users", params={"limit": "1"}).json()
        query = {"limit": "1", "cursor": page["nextCursor"]}
        assert client.get("/users", params=query).status_code == 200
        assert page.keys() == {"items", "nextCursor"}
