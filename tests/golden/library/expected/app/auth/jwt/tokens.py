"""The tokens: access tokens that carry who calls, and refresh tokens that stand for a session.

An access token says who calls, and lives for minutes. A refresh token is of use
once; the database holds the hash of the one that a session will take next.
"""

import secrets
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, Self
from uuid import UUID

from jwt import ExpiredSignatureError, InvalidSignatureError, InvalidTokenError, PyJWT

from app.auth.caller import Caller
from app.clock import utc_now
from app.errors import UnauthenticatedError
from app.settings import Settings

ISSUER = AUDIENCE = "library"
ALGORITHM = "HS256"
TYPE = "at+jwt"
"""What tells an access token from any other that is signed with the same key (RFC 9068, 2.1)."""
CLAIMS = ["aud", "exp", "iat", "iss", "jti", "role", "sub"]
LEEWAY = timedelta(seconds=10)
"""How far the clocks of two servers may be apart."""
REMEMBERED = 1000
"""How many verified tokens: one comes with many requests, and its signature stays what it is."""
SECRET_BYTES = 32


class AccessTokens:
    """Mints and reads access tokens."""

    def __init__(self, settings: Settings) -> None:
        self.lifetime = timedelta(seconds=settings.access_token_seconds)
        self._keys = [key.encode() for key in settings.secret_keys]
        self._jwt = PyJWT({"require": CLAIMS, "enforce_minimum_key_length": True})
        self._remembered = lru_cache(REMEMBERED)(self._said)

    def mint(self, caller: Caller) -> str:
        """A token that says who calls, for as long as it lives."""
        now = utc_now()
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(caller.id),
            "role": caller.role,
            "iat": now,
            "exp": now + self.lifetime,
            "jti": secrets.token_urlsafe(12),
        }
        return self._jwt.encode(claims, self._keys[0], ALGORITHM, headers={"typ": TYPE})

    def read(self, token: str) -> Caller:
        """Who the token says is calling. Raises `UnauthenticatedError` unless it is good."""
        try:
            return self._read(token)
        except (InvalidTokenError, ValueError):
            raise UnauthenticatedError("The access token is not valid.") from None

    def _read(self, token: str) -> Caller:
        caller, expires_at = self._remembered(token)
        if expires_at <= (utc_now() - LEEWAY).timestamp():
            raise ExpiredSignatureError("has run out since it was verified")
        return caller

    def _said(self, token: str) -> tuple[Caller, int]:
        """Who a good token says is calling, and until when, in seconds since 1970."""
        found = self._verified(token)
        claims = found["payload"]
        if found["header"].get("typ") != TYPE or not isinstance(claims["role"], str):
            raise InvalidTokenError("signed by us for something else")
        return Caller(UUID(claims["sub"]), claims["role"]), int(claims["exp"])

    def _verified(self, token: str) -> dict[str, Any]:
        """What a token holds that one of our keys has signed."""
        for key in self._keys:
            with suppress(InvalidSignatureError):
                return self._jwt.decode_complete(
                    token, key, [ALGORITHM], audience=AUDIENCE, issuer=ISSUER, leeway=LEEWAY
                )
        raise InvalidSignatureError("signed with none of our keys")


class RefreshToken(NamedTuple):
    """What renews a session, once."""

    session_id: UUID
    secret: str

    @classmethod
    def of(cls, session_id: UUID) -> Self:
        """A new token for a session."""
        return cls(session_id, secrets.token_urlsafe(SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The token that a client sent. Raises `UnauthenticatedError` if it can't be one."""
        session_id, _, secret = text.partition(".")
        try:
            return cls(UUID(session_id), secret)
        except ValueError:
            raise UnauthenticatedError("The refresh token is not valid.") from None

    @property
    def hash(self) -> str:
        """What is stored of it."""
        return sha256(self.secret.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.session_id.hex}.{self.secret}"
