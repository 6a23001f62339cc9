"""An account is counted by itself, wherever it calls from, and what guesses has a limit of its own."""

from fastapi import FastAPI
from httpx2 import AsyncClient

from app.main import PREFIX
from app.rate_limit.strict import STRICT
from tests.auth.fixtures import GARBAGE, LOGIN, Session, SignIn
from tests.rate_limit.fixtures import caller

NOWHERE = "/no/such/path"


def calling(app: FastAPI, session: Session, address: str = "192.0.2.1") -> AsyncClient:
    """Somebody who is signed in, calling from an address."""
    client = caller(app, address)
    client.headers.update(session.client.headers)
    return client


async def test_accounts_behind_one_address_are_counted_apart(
    limited: FastAPI, sign_in: SignIn
) -> None:
    first, second = calling(limited, await sign_in()), calling(limited, await sign_in())
    for _ in range(6):
        await first.get(NOWHERE)
    assert (await first.get(NOWHERE)).status_code == 429
    assert (await second.get(NOWHERE)).status_code == 404


async def test_an_account_is_one_wherever_it_calls_from(limited: FastAPI, sign_in: SignIn) -> None:
    session = await sign_in()
    there, here = calling(limited, session), calling(limited, session, "192.0.2.2")
    for _ in range(6):
        await there.get(NOWHERE)
    assert (await here.get(NOWHERE)).status_code == 429


def made_up(number: int) -> dict[str, str]:
    """Credentials that nobody was given."""
    return {name: f"{text}{number}" for name, text in GARBAGE.items()}


async def test_a_made_up_token_is_no_way_round(limited: FastAPI) -> None:
    client = caller(limited)
    for number in range(6):
        await client.get(NOWHERE, headers=made_up(number))
    answer = await client.get(NOWHERE, headers=made_up(7))
    assert answer.status_code == 429


async def test_passwords_are_guessed_less_often_than_the_rest_is_asked(limited: FastAPI) -> None:
    guess = {"email": "ada@example.com", "password": "a guess that is wrong"}
    client = caller(limited)
    answers = [await client.post(PREFIX + LOGIN, json=guess) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert '"strict";q=2;w=3600' in answers[0].headers["ratelimit-policy"]


def test_every_strict_operation_is_there(limited: FastAPI) -> None:
    document = limited.openapi()
    named = {item["operationId"] for path in document["paths"].values() for item in path.values()}
    assert named >= STRICT
