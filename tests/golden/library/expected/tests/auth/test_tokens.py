"""Access tokens: what is let in, and everything that is not."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from httpx2 import AsyncClient
from pydantic import SecretStr

from app.auth.caller import Caller
from app.auth.jwt.tokens import ALGORITHM, AUDIENCE, CLAIMS, ISSUER, LEEWAY, TYPE, AccessTokens
from app.clock import utc_now
from app.errors import UnauthenticatedError
from app.settings import Settings

SOMEBODY = Caller(uuid4(), "user")
OTHER_KEY = b"another key that is as long as it has to be"


def good_claims() -> dict[str, Any]:
    now = utc_now()
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(SOMEBODY.id),
        "role": SOMEBODY.role,
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "jti": "one",
    }


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, default=str).encode()).decode().rstrip("=")


@pytest.fixture
def sign(settings: Settings) -> Callable[..., str]:
    """Signs claims as the service does, or with one thing changed."""

    def sign(typ: str | None = TYPE, key: bytes | None = None, **changes: Any) -> str:
        claims = {k: v for k, v in (good_claims() | changes).items() if v is not None}
        key = key or settings.secret_key.get_secret_value().encode()
        return jwt.encode(claims, key, ALGORITHM, headers={"typ": typ})

    return sign


def test_what_is_minted_is_read(access_tokens: AccessTokens) -> None:
    assert access_tokens.read(access_tokens.mint(SOMEBODY)) == SOMEBODY


def test_a_token_says_what_it_is(access_tokens: AccessTokens) -> None:
    token = access_tokens.mint(SOMEBODY)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "at+jwt"}
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.keys() == set(CLAIMS)
    assert claims["exp"] - claims["iat"] == access_tokens.lifetime.total_seconds()


def test_no_two_tokens_are_alike(access_tokens: AccessTokens) -> None:
    assert access_tokens.mint(SOMEBODY) != access_tokens.mint(SOMEBODY)


def test_a_token_like_ours_is_read(access_tokens: AccessTokens, sign: Callable[..., str]) -> None:
    assert access_tokens.read(sign()) == SOMEBODY


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_is_needed(
    access_tokens: AccessTokens, sign: Callable[..., str], claim: str
) -> None:
    with pytest.raises(UnauthenticatedError):
        access_tokens.read(sign(**{claim: None}))


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "somebody else"},
        {"iss": "somebody else"},
        {"sub": "nobody"},
        {"sub": "1"},
        {"role": 1},
        {"exp": utc_now() - LEEWAY - timedelta(seconds=5)},
        {"iat": utc_now() + timedelta(days=1)},
        {"nbf": utc_now() + timedelta(days=1)},
        {"typ": "JWT"},
        {"typ": None},
        {"key": OTHER_KEY},
    ],
    ids=["aud", "iss", "sub", "sub-1", "role", "exp", "iat", "nbf", "typ", "no-typ", "key"],
)
def test_a_token_that_differs_is_refused(
    access_tokens: AccessTokens, sign: Callable[..., str], changes: dict[str, Any]
) -> None:
    with pytest.raises(UnauthenticatedError):
        access_tokens.read(sign(**changes))


def test_a_token_that_was_read_before_still_runs_out(
    access_tokens: AccessTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = access_tokens.mint(SOMEBODY)
    assert access_tokens.read(token) == SOMEBODY
    end = utc_now() + access_tokens.lifetime + LEEWAY + timedelta(seconds=1)
    monkeypatch.setattr("app.auth.jwt.tokens.utc_now", lambda: end)
    with pytest.raises(UnauthenticatedError):
        access_tokens.read(token)


def test_no_clock_is_trusted_for_more_than_half_a_minute() -> None:
    assert timedelta(seconds=30) >= LEEWAY


def forgeries() -> dict[str, str]:
    claims = part(good_claims())
    deep = base64.urlsafe_b64encode(b"[" * 2000).decode()

    def headed(**header: object) -> str:
        return f"{part({'alg': ALGORITHM, 'typ': TYPE, **header})}.{claims}.c2ln"

    return {
        "nothing": "",
        "garbage": "garbage",
        "dots": "..",
        "null": "null.null.null",
        "nul": "a\0.b.c",
        "unsigned": headed(alg="none").removesuffix("c2ln"),
        "unsigned in capitals": headed(alg="NONE").removesuffix("c2ln"),
        "another algorithm": headed(alg="HS512"),
        "unknown extension": headed(crit=["x"], x=1),
        "key of its own": headed(jku="http://example.com", kid="../x"),
        "header is a list": f"{part([])}.{claims}.c2ln",
        "header is deep": f"{deep}.{claims}.c2ln",
        "not ascii": "ä.ö.ü",
        "huge": "a" * 3_000_000,
    }


@pytest.mark.parametrize("name", forgeries())
def test_a_forgery_is_refused(access_tokens: AccessTokens, name: str) -> None:
    with pytest.raises(UnauthenticatedError):
        access_tokens.read(forgeries()[name])


def test_no_part_can_be_exchanged(access_tokens: AccessTokens) -> None:
    mine = access_tokens.mint(SOMEBODY).split(".")
    admins = access_tokens.mint(Caller(SOMEBODY.id, "admin")).split(".")
    with pytest.raises(UnauthenticatedError):
        access_tokens.read(".".join([mine[0], admins[1], mine[2]]))


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic dTpw", "Token x", "Bearer garbage", "bearer a.b.c"]
)
async def test_a_request_without_a_good_token_is_told_how(client: AsyncClient, header: str) -> None:
    answer = await client.get("/users/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"].split(", ")
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_huge_token_is_refused(client: AsyncClient) -> None:
    headers = {"Authorization": "Bearer " + "a" * 3_000_000}
    assert (await client.get("/users/me", headers=headers)).status_code in (401, 431)


async def test_a_refresh_token_is_no_access_token(client: AsyncClient) -> None:
    headers = {"Authorization": f"Bearer {uuid4().hex}.secret"}
    assert (await client.get("/users/me", headers=headers)).status_code == 401


def test_the_key_before_is_read_and_signs_nothing(settings: Settings) -> None:
    before = AccessTokens(settings)
    key = SecretStr(OTHER_KEY.decode())
    changes = {"secret_key": key, "previous_secret_key": settings.secret_key}
    after = AccessTokens(settings.model_copy(update=changes))
    assert after.read(before.mint(SOMEBODY)) == SOMEBODY
    with pytest.raises(UnauthenticatedError):
        before.read(after.mint(SOMEBODY))


def test_a_short_key_signs_nothing(settings: Settings) -> None:
    short = settings.model_copy(update={"secret_key": SecretStr("short")})
    with pytest.raises(jwt.InvalidKeyError):
        AccessTokens(short).mint(SOMEBODY)
