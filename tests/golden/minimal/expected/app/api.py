"""Every router of the API, one a line."""

from fastapi import APIRouter

from app.auth.jwt.router import router as auth_jwt
from app.auth.router import router as auth
from app.auth.sign_up.router import router as auth_sign_up
from app.resources.notes.router import router as notes
from app.users.router import router as users

ROUTERS: list[APIRouter] = [
    auth,
    users,
    auth_jwt,
    auth_sign_up,
    notes,
]
