"""Signing in, in the time of one INSERT: no password is hashed, no route is called."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import NamedTuple, Protocol
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.auth.caller import Caller
from app.auth.jwt.tokens import AccessTokens
from app.database import Database
from tests.conftest import connect
from tests.factories.users import PASSWORD, make_user

LOGIN = "/auth/login"
GARBAGE = {"Authorization": "Bearer garbage"}
"""Headers that look like those of somebody who has signed in."""
SCHEME = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
"""What the OpenAPI document says of them."""


class Session(NamedTuple):
    """Someone who is signed in."""

    client: AsyncClient
    user_id: UUID


class SignIn(Protocol):
    """Makes an account of a role and signs in to it."""

    async def __call__(self, role: str = "user") -> Session:
        """A session of a new account."""


@pytest.fixture
def access_tokens(app: FastAPI) -> AccessTokens:
    """What mints and reads the tokens of the service under test."""
    tokens: AccessTokens = app.state.access_tokens
    return tokens


@pytest.fixture
async def sign_in(
    app: FastAPI, database: Database, access_tokens: AccessTokens
) -> AsyncGenerator[SignIn]:
    """`await sign_in("admin")` is a session of a new admin."""
    async with AsyncExitStack() as clients:

        async def sign_in(role: str = "user") -> Session:
            user_id = await make_user(database, role)
            client = await clients.enter_async_context(connect(app))
            client.headers["Authorization"] = f"Bearer {access_tokens.mint(Caller(user_id, role))}"
            return Session(client, user_id)

        yield sign_in


def token_of(session: Session) -> str:
    """The token that a session's client sends."""
    return session.client.headers["Authorization"].removeprefix("Bearer ")


async def log_in(client: AsyncClient, email: str, password: str = PASSWORD) -> Response:
    """The answer to whoever signs in."""
    return await client.post(LOGIN, json={"email": email, "password": password})


def credentials_of(answer: Response) -> dict[str, str]:
    """What a client sends from now on that was answered so when it signed in."""
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def goes_on(client: AsyncClient, answer: Response) -> bool:
    """Whether the session that began with this answer can be renewed."""
    body = {"refresh_token": answer.json()["refresh_token"]}
    return (await client.post("/auth/refresh", json=body)).is_success
