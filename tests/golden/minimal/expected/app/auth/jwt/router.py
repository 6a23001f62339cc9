"""The routes of signing in, staying signed in, and signing out."""

from fastapi import status

from app.auth.dependencies import AddressDep
from app.auth.jwt.schemas import Refresh, Tokens
from app.auth.jwt.service import SessionServiceDep
from app.auth.schemas import MAX_BODY_BYTES, Credentials
from app.errors import problems
from app.routing import Router

router = Router(
    prefix="/auth", tags=["auth"], responses=problems(400, 408, 413, 415, 422, 431, 500, 503)
)


@router.post("/login", responses=problems(401, 429), max_body_size=MAX_BODY_BYTES)
async def login(sessions: SessionServiceDep, address: AddressDep, data: Credentials) -> Tokens:
    """Sign in."""
    return await sessions.open(data, address)


@router.post("/refresh", responses=problems(401), max_body_size=MAX_BODY_BYTES)
async def refresh(sessions: SessionServiceDep, data: Refresh) -> Tokens:
    """Exchange a refresh token for new tokens. It is good for one exchange: a second ends all."""
    return await sessions.renew(data.refresh_token.get_secret_value())


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT, max_body_size=MAX_BODY_BYTES)
async def logout(sessions: SessionServiceDep, data: Refresh) -> None:
    """Sign out: the session of the refresh token ends."""
    await sessions.close(data.refresh_token.get_secret_value())
