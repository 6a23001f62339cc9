"""What travels when someone signs in, stays signed in, and signs out."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field

from app.schemas import Schema, Secret

BEARER: Final = "bearer"


class Tokens(BaseModel):
    """What a client needs to call the API."""

    access_token: str
    refresh_token: str
    """Good for one refresh, which returns the next."""
    token_type: Literal["bearer"] = BEARER
    expires_in: int
    """Seconds until the access token runs out."""


class Refresh(Schema):
    """A refresh token, to be exchanged or to be made worthless."""

    refresh_token: Annotated[Secret, Field(min_length=1, max_length=200)]
