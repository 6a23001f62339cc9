"""An account is counted by itself, wherever it calls from, and what guesses has a limit of its own."""

from uuid import uuid4

from fastapi import FastAPI
from httpx2 import AsyncClient

from app.auth.caller import Caller
from app.main import PREFIX
from app.rate_limit.strict import STRICT
from tests.rate_limit.fixtures import caller

NOWHERE = "/no/such/path"
LOGIN = f"{PREFIX}/auth/login"


def signed_in(app: FastAPI, address: str) -> AsyncClient:
    client = caller(app, address)
    token = app.state.access_tokens.mint(Caller(uuid4(), "user"))
    client.headers["Authorization"] = f"Bearer {token}"
    return client


async def test_accounts_behind_one_address_are_counted_apart(limited: FastAPI) -> None:
    first, second = signed_in(limited, "192.0.2.1"), signed_in(limited, "192.0.2.1")
    for _ in range(6):
        await first.get(NOWHERE)
    assert (await first.get(NOWHERE)).status_code == 429
    assert (await second.get(NOWHERE)).status_code == 404


async def test_an_account_is_one_wherever_it_calls_from(limited: FastAPI) -> None:
    there, here = signed_in(limited, "192.0.2.1"), caller(limited, "192.0.2.2")
    here.headers["Authorization"] = there.headers["Authorization"]
    for _ in range(6):
        await there.get(NOWHERE)
    assert (await here.get(NOWHERE)).status_code == 429


async def test_a_made_up_token_is_no_way_round(limited: FastAPI) -> None:
    client = caller(limited)
    for number in range(6):
        await client.get(NOWHERE, headers={"Authorization": f"Bearer made.up.{number}"})
    answer = await client.get(NOWHERE, headers={"Authorization": "Bearer another"})
    assert answer.status_code == 429


async def test_passwords_are_guessed_less_often_than_the_rest_is_asked(limited: FastAPI) -> None:
    guess = {"email": "ada@example.com", "password": "a guess that is wrong"}
    client = caller(limited)
    answers = [await client.post(LOGIN, json=guess) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert '"strict";q=2;w=3600' in answers[0].headers["ratelimit-policy"]


def test_every_strict_operation_is_there(limited: FastAPI) -> None:
    document = limited.openapi()
    named = {item["operationId"] for path in document["paths"].values() for item in path.values()}
    assert named >= STRICT
