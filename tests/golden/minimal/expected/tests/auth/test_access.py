"""Access rules: who gets in, and to whose rows."""

from typing import Annotated
from uuid import UUID, uuid4

import pytest
from fastapi import Depends, FastAPI
from httpx2 import AsyncClient

from app.auth.access import AUTHENTICATED, OWNER, USER, Caller, allow
from app.errors import ForbiddenError
from tests.auth.fixtures import SignIn
from tests.conftest import connect

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


def test_nobody_has_a_role_by_the_name_of_a_word() -> None:
    with pytest.raises(ForbiddenError):
        allow("admin").owner(Caller(uuid4(), AUTHENTICATED))


@pytest.fixture
def guarded(app: FastAPI) -> FastAPI:
    """A small application with one rule, and the tokens of the service."""
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
    assert document["components"]["securitySchemes"][scheme] == {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
    }
    assert "security" not in document["paths"]["/api/v1/auth/login"]["post"]
