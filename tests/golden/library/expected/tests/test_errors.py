"""Errors say what the client can act on, and nothing of what is inside."""

import json
from io import StringIO

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from starlette.exceptions import HTTPException

from app.errors import MAX_PROBLEMS, DatabaseUnavailableError, InvalidInputError, field_problem
from tests.throwaway import FAULT


async def test_a_fault_of_ours_tells_nothing(visitor: AsyncClient) -> None:
    answer = await visitor.get("/fails")

    assert answer.status_code == 500
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "code": "internal-error",
        "request_id": answer.headers["X-Request-ID"],
    }


async def test_a_fault_of_ours_is_logged_once_with_all_there_is_to_know(
    visitor: AsyncClient, logged: StringIO
) -> None:
    answer = await visitor.get("/fails")

    entries = [json.loads(line) for line in logged.getvalue().splitlines()]
    (fault,) = [entry for entry in entries if entry["level"] == "error"]
    assert fault["request_id"] == answer.headers["X-Request-ID"]
    assert fault["path"] == "/fails"
    assert fault["exception"].splitlines()[-1] == f"RuntimeError: {FAULT}"
    assert entries[-1]["status"] == 500


async def test_a_bad_body_is_pointed_at_and_not_repeated(visitor: AsyncClient) -> None:
    answer = await visitor.post("/numbers", json={"a/b~c": [1, "the-password"]})

    assert answer.status_code == 422
    (problem,) = answer.json()["errors"]
    assert (problem["location"], problem["pointer"]) == ("body", "/a~1b~0c/1")
    assert problem["code"] == "int_parsing"
    assert "the-password" not in answer.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"{} {}",
        b"[" * 2000,
        b'{"a": [' + b"9" * 5000 + b"]}",
        b'{"a": [NaN]}',
        b'{"a": [1e400]}',
        b'{"\\ud800": ["\\ud800"]}',
    ],
    ids=["empty", "open", "no-utf-8", "two", "deep", "huge", "nan", "infinite", "surrogate"],
)
async def test_what_is_no_proper_json_is_the_clients_fault(
    visitor: AsyncClient, content: bytes
) -> None:
    headers = {"Content-Type": "application/json"}

    answer = await visitor.post("/numbers", content=content, headers=headers)

    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_json_that_is_called_something_else_is_refused(
    visitor: AsyncClient, kind: str
) -> None:
    headers = {"Content-Type": kind}

    answer = await visitor.post("/numbers", content=b'{"a": [1]}', headers=headers)

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported-media-type"
    assert answer.headers["Accept"] == "application/json"


async def test_not_every_finding_is_told(visitor: AsyncClient) -> None:
    answer = await visitor.post("/numbers", json={"a": ["x"] * (MAX_PROBLEMS + 1)})

    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == MAX_PROBLEMS


@pytest.mark.parametrize(
    ("status", "title", "code"),
    [
        (413, "Content Too Large", "content-too-large"),
        (414, "URI Too Long", "uri-too-long"),
        (416, "Range Not Satisfiable", "range-not-satisfiable"),
        (422, "Unprocessable Content", "unprocessable-content"),
    ],
)
async def test_a_status_has_one_name_in_every_version_of_python(
    throwaway: FastAPI, visitor: AsyncClient, status: int, title: str, code: str
) -> None:
    @throwaway.get("/refused")
    async def refuse() -> None:
        raise HTTPException(status)

    answer = (await visitor.get("/refused")).json()
    assert (answer["title"], answer["code"]) == (title, code)


async def test_a_wrong_method_is_told_every_right_one(visitor: AsyncClient) -> None:
    for method in ("GET", "PUT", "TRACE", "BREW"):
        answer = await visitor.request(method, "/numbers")

        assert answer.status_code == 405
        assert answer.headers["Allow"] == "DELETE, POST"


async def test_errors_of_the_framework_are_problems_too(
    throwaway: FastAPI, visitor: AsyncClient
) -> None:
    @throwaway.get("/teapot")
    async def brew() -> None:
        raise HTTPException(418, "Short and stout", {"X-Spout": "here"})

    answer = await visitor.get("/teapot")

    assert answer.status_code == 418
    assert answer.headers["X-Spout"] == "here"
    assert answer.json()["code"] == "i'm-a-teapot"
    assert answer.json()["detail"] == "Short and stout"


async def test_the_headers_and_findings_of_our_own_errors_are_sent(
    throwaway: FastAPI, visitor: AsyncClient
) -> None:
    @throwaway.get("/busy")
    async def busy() -> None:
        raise DatabaseUnavailableError

    @throwaway.get("/invalid")
    async def invalid() -> None:
        finding = field_problem(("body", "name"), "odd", "It is odd.")
        raise InvalidInputError("Look again.", [finding])

    assert (await visitor.get("/busy")).headers["Retry-After"] == "2"
    assert (await visitor.get("/invalid")).json()["errors"] == [
        {"location": "body", "pointer": "/name", "code": "odd", "detail": "It is odd."}
    ]
