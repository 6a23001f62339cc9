"""Whose requests are counted together."""

from fastapi import Request

from app.addresses import address_of
from app.auth.credentials import read_optional
from app.errors import ApplicationError


async def subject_of(request: Request) -> str:
    """The account that good credentials name; else the address, which any others are free with."""
    try:
        caller = await read_optional(request)
    except ApplicationError:
        caller = None
    return f"address {address_of(request)}" if caller is None else f"account {caller.id}"
