"""Every router of the API, one a line."""

from fastapi import APIRouter

from app.auth.jwt.router import router as tokens
from app.auth.router import router as accounts
from app.resources.notes.router import router as notes
from app.users.router import router as users

ROUTERS: list[APIRouter] = [
    accounts,
    users,
    tokens,
    notes,
]
