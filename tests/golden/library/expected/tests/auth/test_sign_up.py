"""Getting an account."""

from io import StringIO
from typing import Protocol

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.auth.dependencies import get_settings
from app.auth.repository import UserRepository
from app.auth.schemas import COMMON_PASSWORDS, MIN_PASSWORD
from app.database import Database
from tests.auth.fixtures import log_in
from tests.auth.newcomers import Join
from tests.factories.users import PASSWORD, body_of_user


class SignUp(Protocol):
    """Asks for an account."""

    async def __call__(self, email: str = "ada@example.com", /, **more: object) -> Response:
        """The answer to a sign-up with this email."""


@pytest.fixture
def sign_up(database: Database, join: Join) -> SignUp:
    """Signs up with all that an account needs."""

    async def sign_up(email: str = "ada@example.com", /, **more: object) -> Response:
        return await join(await body_of_user(database, email=email, **more))

    return sign_up


async def test_an_account_starts_active_and_with_the_least_role(sign_up: SignUp) -> None:
    answer = await sign_up(full_name="Ada")
    assert answer.status_code == 201
    account = answer.json()
    assert account["email"] == "ada@example.com"
    assert (account["full_name"], account["role"], account["is_active"]) == ("Ada", "user", True)


async def test_the_account_can_be_signed_in_to(client: AsyncClient, sign_up: SignUp) -> None:
    await sign_up("Ada@Example.com")
    assert (await log_in(client, "aDa@example.COM")).is_success


@pytest.mark.parametrize(
    "more", [{"role": "admin"}, {"is_active": True}, {"id": "1"}, {"password_hash": "x"}]
)
async def test_nobody_decides_on_their_own_rights(sign_up: SignUp, more: object) -> None:
    assert isinstance(more, dict)
    answer = await sign_up(**more)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "extra_forbidden"


async def test_a_taken_email_is_named_whatever_its_case(sign_up: SignUp) -> None:
    await sign_up()
    answer = await sign_up("ADA@example.com")
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["pointer"] == "/email"


@pytest.mark.parametrize("email", ["ada", "ada@", "a" * 250 + "@example.com", "ada@example.com\0"])
async def test_an_email_has_to_be_one(sign_up: SignUp, email: str) -> None:
    assert (await sign_up(email)).status_code == 422


@pytest.mark.parametrize("password", ["", "a" * 11, "a" * 129, "Password1234", "q1w2e3r4t5y6"])
async def test_a_weak_password_is_refused_and_not_repeated(sign_up: SignUp, password: str) -> None:
    answer = await sign_up(password=password)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/password"
    assert not password or password not in answer.text


@pytest.mark.parametrize("password", ["a" * 63 + "é", "with spaces and ümläuts", "字" * 12])
async def test_any_long_text_is_a_password(sign_up: SignUp, password: str) -> None:
    assert (await sign_up(password=password)).status_code == 201


def test_every_common_password_would_be_long_enough_to_pass() -> None:
    assert COMMON_PASSWORDS
    assert all(len(word) >= MIN_PASSWORD for word in COMMON_PASSWORDS)
    assert all(word == word.casefold() for word in COMMON_PASSWORDS)


async def test_only_a_hash_is_stored(sign_up: SignUp, database: Database) -> None:
    answer = await sign_up()
    row = await UserRepository(database).get_by_email("ada@example.com")
    assert row is not None
    assert row["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in answer.text
    assert row["password_hash"] not in answer.text


async def test_a_fault_of_ours_tells_no_password(
    sign_up: SignUp, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_password: object) -> str:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("app.auth.service.hash_password", fail)
    answer = await sign_up()
    assert answer.status_code == 500
    assert "on purpose" in logged.getvalue()
    assert PASSWORD not in logged.getvalue() + answer.text


async def test_sign_ups_from_one_address_are_limited(
    app: FastAPI, sign_up: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = app.state.settings.model_copy(update={"sign_ups_per_address": 2})
    monkeypatch.setitem(app.dependency_overrides, get_settings, lambda: few)
    statuses = [(await sign_up(f"u{n}@example.com")).status_code for n in range(3)]
    assert statuses == [201, 201, 429]
