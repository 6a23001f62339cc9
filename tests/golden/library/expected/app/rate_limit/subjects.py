"""Whose requests are counted together."""

from fastapi import Request

from app.addresses import address_of
from app.auth.jwt.bearer import read_optional
from app.errors import UnauthenticatedError


async def subject_of(request: Request) -> str:
    """The account that a valid token names; else the address, which any other token is free with."""
    try:
        caller = await read_optional(request)
    except UnauthenticatedError:
        caller = None
    return f"address {address_of(request)}" if caller is None else f"account {caller.id}"
