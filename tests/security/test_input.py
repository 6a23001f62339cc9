"""Every operation that takes anything, given what it should not take."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx2
import pytest
from generated.server import Server
from generated.test_hostile import BODIES, JSON

from security.operations import Operation, lists, operations, told, with_body
from security.rows import desk
from security.samples import each_helpdesk, each_service

SERVER_SET = (
    "id",
    "tenant_id",
    "role",
    "is_admin",
    "isAdmin",
    "is_active",
    "owner_id",
    "created_at",
    "createdAt",
    "version",
    "_version",
    "password_hash",
    "passwordHash",
    "__proto__",
    "constructor",
)
"""What a client would set that wants more than it should have, where it isn't a field."""
KILOBYTE = "x" * 1024
KINDS = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")
MAX_BODY = 1024 * 1024
SQL = ("' OR '1'='1' --", '"; DROP TABLE users; --', "%_\\")
LOGOUT = "/api/v1/auth/logout"
"""Whatever text is given to it, whoever gave it is signed out."""
METHODS = ("TRACE", "CONNECT", "PROPFIND")


def refused(answer: httpx2.Response, case: object) -> None:
    """A refusal is a problem, and no fault of the service."""
    assert 400 <= answer.status_code < 500, (case, answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json", case


@each_service()
def test_no_body_sets_what_the_server_sets(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        for operation in with_body(server):
            extra = set(SERVER_SET) - set(operation.fields)
            answer = operation.send(client, json=dict.fromkeys(extra, True))
            assert answer.status_code == 422, str(operation)
            findings = answer.json()["errors"]
            unheard = {one["pointer"] for one in findings if one["code"] == "extra_forbidden"}
            assert unheard == {f"/{name}" for name in extra}, str(operation)


@each_service()
def test_people_give_themselves_no_rights(server: Server, user_token: str) -> None:
    with server.connect(user_token) as client:
        before = client.get("/users/me").json()
        for name in sorted({*SERVER_SET, *before} - {"email", "full_name", "fullName"}):
            value = "admin" if name == "role" else True
            assert client.patch("/users/me", json={name: value}).status_code == 422, name
        assert client.get("/users/me").json() == before


@each_service()
def test_no_operation_takes_a_hostile_body(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        for operation in with_body(server):
            for case, body in hostile(operation):
                answer = operation.send(client, content=body, headers=JSON)
                if answer.status_code != 204 or operation.path != LOGOUT:
                    refused(answer, (str(operation), case))
    assert server.is_live()


def hostile(operation: Operation) -> Iterator[tuple[str, bytes]]:
    """Every hostile body, with its value in the first field of the operation and in the last."""
    for name in {operation.fields[0], operation.fields[-1]}:
        for case, body in BODIES.items():
            yield case, body.replace(b'"name"', f'"{name}"'.encode())


@each_service()
@pytest.mark.parametrize("kind", KINDS)
def test_a_body_is_json_and_says_so_everywhere(server: Server, admin_token: str, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    with server.connect(admin_token) as client:
        for operation in with_body(server):
            answer = operation.send(client, content=b"{}", headers=headers)
            assert answer.status_code == 415, str(operation)


@each_service()
@pytest.mark.parametrize("is_told", [True, False], ids=["length told", "in chunks"])
def test_every_body_is_bounded(server: Server, admin_token: str, is_told: bool) -> None:
    with server.connect(admin_token) as client:
        for operation in with_body(server):
            sent = b" " * (largest(operation) + 1)
            content = sent if is_told else iter([sent[:1000], sent[1000:]])
            answer = operation.send(client, content=content, headers=JSON)
            assert answer.status_code == 413, (str(operation), answer.text)
            refused(answer, operation)


def largest(operation: Operation) -> int:
    """The bytes of the largest body that anyone may send to an operation."""
    return 16 * 1024 if "/auth/" in operation.path and "sign-up" not in operation.path else MAX_BODY


@each_service()
def test_every_head_is_bounded(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        for operation in operations(server):
            wide = operation.send(client, headers={"X-Much": KILOBYTE * 17})
            assert wide.status_code == 431, str(operation)
            refused(wide, operation)
            long = operation.send(client, params={"x": KILOBYTE * 9})
            assert long.status_code == 414, str(operation)
            refused(long, operation)


@each_service()
def test_every_list_is_bounded_and_sorts_by_what_it_names(server: Server, admin_token: str) -> None:
    bad = ["sort=password_hash", "sort=id;drop", "sort=-", "sort=title,,", "password_hash=x"]
    with server.connect(admin_token) as client:
        for operation in lists(server):
            names = dict(operation.query())
            size = "limit" if "limit" in names else "size"
            most = names[size]["maximum"]
            assert most <= 100
            sizes = [f"{size}={value}" for value in (0, -1, most + 1, 10**9, 2**64, "x")]
            for query in [*sizes, *bad]:
                answer = operation.send(client, params=dict([query.split("=", 1)]))
                assert answer.status_code == 422, (str(operation), query)


@each_service()
def test_no_query_is_taken_for_sql(server: Server, admin_token: str) -> None:
    with server.connect(admin_token) as client:
        for operation in lists(server):
            whole = told(operation.send(client))
            for name, _ in operation.query():
                for value in SQL:
                    answer = operation.send(client, params={name: value})
                    assert answer.status_code in {200, 404, 422}, (str(operation), name, value)
            assert told(operation.send(client)) == whole, str(operation)


@each_service()
def test_a_wildcard_is_a_letter_like_any_other(server: Server, admin_token: str) -> None:
    mark = uuid4().hex
    path, name, more = WILD[server.project.name]
    with server.connect(admin_token) as client:
        for text in (f"{mark}%a", f"{mark}xa", f"{mark}_a", f"{mark}\\a"):
            assert client.post(path, json={name: text, **more}).status_code == 201
        for wild in ("%", "_", "\\"):
            found = client.get(path, params={f"{name}__contains": f"{mark}{wild}a"}).json()
            assert [one[name] for one in found["items"]] == [f"{mark}{wild}a"]


WILD: dict[str, tuple[str, str, dict[str, object]]] = {
    "bookstore": ("/authors", "name", {}),
    "helpdesk": ("/departments", "name", {}),
}
"""What to find by a text: a list, a field, and what else a row needs."""


@each_service()
def test_every_path_says_which_methods_it_has(server: Server, admin_token: str) -> None:
    methods: dict[str, set[str]] = {}
    for operation in operations(server):
        methods.setdefault(operation.url(), set()).add(operation.method)
    with server.connect(admin_token) as client:
        for path, own in methods.items():
            for method in METHODS:
                answer = client.request(method, f"{server.url}{path}")
                assert answer.status_code == 405, (method, path)
                allowed = set(answer.headers["allow"].split(", "))
                assert allowed - {"HEAD"} == own, path


@each_helpdesk()
def test_what_is_only_written_is_never_read(server: Server, admin_token: str) -> None:
    rows = desk(server)
    with server.connect(admin_token) as staff:
        for operation in operations(server):
            if operation.method == "GET":
                text = operation.send(staff, rows.ids).text
                assert "the-location" not in text, str(operation)
                assert "$argon2" not in text, str(operation)


@each_helpdesk()
def test_answers_hold_what_the_document_says_and_no_more(server: Server, admin_token: str) -> None:
    rows = desk(server)
    with server.connect(admin_token) as staff:
        for operation in operations(server):
            answer = operation.send(staff, rows.ids) if operation.method == "GET" else None
            if answer is None or answer.status_code != 200 or operation.answers is None:
                continue
            name = operation.answers
            rows_, schema = answer.json(), operation.components[name]
            if name.endswith("Page"):
                assert rows_.keys() == schema["properties"].keys(), str(operation)
                rows_, name = rows_["items"], name.removesuffix("Page") + "Read"
            for row in rows_ if isinstance(rows_, list) else [rows_]:
                assert row.keys() == operation.components[name]["properties"].keys(), name
