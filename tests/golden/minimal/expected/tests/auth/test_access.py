"""Access rules: who gets in, and to whose rows; and that no operation is without one by oversight."""

import json
import re
from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
from fastapi import Depends, FastAPI
from httpx2 import AsyncClient

from app.auth.access import AUTHENTICATED, OWNER, PUBLIC, USER, Caller, allow
from app.errors import ForbiddenError, UnauthenticatedError
from tests.auth.fixtures import GARBAGE, LOGIN, SCHEME, SignIn
from tests.conftest import connect

WITHOUT_RULE = {
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("POST", "/api/v1/auth/login"),
    ("POST", "/api/v1/auth/refresh"),
    ("POST", "/api/v1/auth/logout"),
    ("POST", "/api/v1/auth/sign-up"),
}
"""What is there for whoever has not signed in yet, and for machines."""

LISTED_AS_PUBLIC: list[tuple[str, str]] = []
"""Every operation whose rule is `PUBLIC`. A new one that is not in here has to need a token."""

SECRET = re.compile("password|hash|secret|token", re.IGNORECASE)
SHOWN: list[str] = [
    "Tokens.access_token",
    "Tokens.refresh_token",
    "Tokens.token_type",
]
"""What answers hold on purpose, although its name sounds like a secret."""

SOMEBODY = Caller(uuid4(), "user")
ADMIN = Caller(uuid4(), "admin")


@pytest.mark.parametrize("word", [AUTHENTICATED, USER])
def test_everyone_who_signed_in_may_touch_every_row(word: str) -> None:
    rule = allow(word)
    assert rule.owner(SOMEBODY) is None
    assert rule.owner(ADMIN) is None


def test_a_role_lets_in_those_who_have_it_and_nobody_else() -> None:
    rule = allow("admin")
    assert rule.owner(ADMIN) is None
    with pytest.raises(ForbiddenError):
        rule.owner(SOMEBODY)


def test_an_owner_may_touch_own_rows_alone() -> None:
    assert allow(OWNER).owner(SOMEBODY) == SOMEBODY.id


def test_a_role_beside_the_owner_may_touch_every_row() -> None:
    rule = allow(OWNER, "admin")
    assert rule.owner(SOMEBODY) == SOMEBODY.id
    assert rule.owner(ADMIN) is None


def test_a_rule_admits_whom_it_lets_in() -> None:
    for rule, admitted in (
        (allow("admin"), [ADMIN]),
        (allow(AUTHENTICATED), [ADMIN, SOMEBODY]),
        (allow(OWNER, "admin"), [ADMIN, SOMEBODY]),
    ):
        assert [caller for caller in (ADMIN, SOMEBODY) if rule.admits(caller)] == admitted


def test_nobody_has_a_role_by_the_name_of_a_word() -> None:
    with pytest.raises(ForbiddenError):
        allow("admin").owner(Caller(uuid4(), AUTHENTICATED))


@pytest.fixture
def guarded(app: FastAPI) -> FastAPI:
    """A small application with one rule, which knows whom the service knows."""
    guarded = FastAPI()
    guarded.exception_handlers = app.exception_handlers
    guarded.state = app.state

    @guarded.get("/api/v1/guarded")
    async def read(caller: Annotated[Caller, Depends(allow("admin"))]) -> UUID:
        return caller.id

    return guarded


async def test_a_rule_guards_its_route(guarded: FastAPI, sign_in: SignIn) -> None:
    admin, somebody = await sign_in("admin"), await sign_in()
    statuses = {}
    async with connect(guarded) as client:
        for name, headers in (
            ("nobody", {}),
            ("somebody", somebody.client.headers),
            ("admin", admin.client.headers),
        ):
            answer = await client.get("/guarded", headers=headers)
            statuses[name] = answer.status_code
    assert statuses == {"nobody": 401, "somebody": 403, "admin": 200}


async def test_the_document_says_which_routes_need_a_token(client: AsyncClient) -> None:
    document = (await client.get("http://test/openapi.json")).json()
    me = document["paths"]["/api/v1/users/me"]["get"]
    (scheme,) = me["security"][0]
    assert document["components"]["securitySchemes"][scheme] == SCHEME
    assert "security" not in document["paths"][f"/api/v1{LOGIN}"]["post"]


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of a document by its method and path."""
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


async def test_an_operation_needs_a_token_unless_it_is_listed(
    app: FastAPI, client: AsyncClient
) -> None:
    needs_none = set()
    for method, path in operations(app.openapi()):
        url = re.sub(r"{\w+}", str(uuid4()), path)
        answer = await client.request(method, f"http://test{url}")
        if answer.status_code != 401:
            needs_none.add((method, path))

    assert needs_none == WITHOUT_RULE.union(LISTED_AS_PUBLIC)


async def refuse() -> None:
    raise UnauthenticatedError


async def test_an_operation_depends_on_its_rule_though_that_is_public(
    app: FastAPI, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.dependency_overrides, PUBLIC, refuse)
    for method, path in operations(app.openapi()).keys() - WITHOUT_RULE:
        url = re.sub(r"{\w+}", str(uuid4()), path)
        answer = await client.request(method, f"http://test{url}")
        assert answer.status_code == 401, (method, path)


async def test_a_token_that_is_not_good_opens_no_operation(
    app: FastAPI, client: AsyncClient
) -> None:
    open_to_all = WITHOUT_RULE.union(LISTED_AS_PUBLIC)
    for method, path in operations(app.openapi()).keys() - open_to_all:
        url = re.sub(r"{\w+}", str(uuid4()), path)
        answer = await client.request(method, f"http://test{url}", headers=GARBAGE)
        assert answer.status_code == 401, (method, path)


async def test_the_document_says_of_each_operation_whether_it_needs_a_token(app: FastAPI) -> None:
    documented = operations(app.openapi())
    open_to_all = {name for name, operation in documented.items() if "security" not in operation}
    assert open_to_all <= WITHOUT_RULE.union(LISTED_AS_PUBLIC)


def schemas_in(part: object) -> set[str]:
    """The names of the schemas that a part of a document refers to."""
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


async def test_no_answer_has_what_sounds_like_a_secret(app: FastAPI) -> None:
    document = app.openapi()
    schemas = document["components"]["schemas"]
    answered = {
        name
        for operation in operations(document).values()
        for status, answer in operation["responses"].items()
        if status < "400"
        for name in schemas_in(answer)
    }
    while inner := schemas_in([schemas[name] for name in answered]) - answered:
        answered |= inner

    fields = {(name, field) for name in answered for field in schemas[name].get("properties", {})}
    secrets = {f"{name}.{field}" for name, field in fields if SECRET.search(field)}

    assert "id" in schemas["UserRead"]["properties"]
    assert secrets.difference(SHOWN) == set()
