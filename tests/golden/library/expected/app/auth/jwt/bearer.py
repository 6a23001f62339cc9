"""The token that a request bears: `Authorization: Bearer ...` (RFC 6750)."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from app.auth.caller import Caller
from app.auth.jwt.tokens import AccessTokens
from app.errors import UnauthenticatedError


class BearerToken(SecurityBase):
    """A dependency that returns the caller, and tells the OpenAPI document how to be one."""

    def __init__(self) -> None:
        self.scheme_name = "accessToken"
        self.model = HTTPBearer(bearerFormat="JWT")

    async def __call__(self, request: Request) -> Caller:
        """The caller. Raises `UnauthenticatedError` unless a token says who it is."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise UnauthenticatedError("This needs an access token.")
        tokens: AccessTokens = request.app.state.access_tokens
        return tokens.read(token.strip())


BEARER = BearerToken()


async def read_optional(request: Request) -> Caller | None:
    """The caller, None where nobody says who they are. Raises `UnauthenticatedError`."""
    return await BEARER(request) if "authorization" in request.headers else None


async def get_access_tokens(request: Request) -> AccessTokens:
    """What mints and reads the tokens of the running application."""
    tokens: AccessTokens = request.app.state.access_tokens
    return tokens


AccessTokensDep = Annotated[AccessTokens, Depends(get_access_tokens)]
