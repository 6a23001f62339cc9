"""Every router of the API, one a line."""

from fastapi import APIRouter

from app.auth.jwt.router import router as auth_jwt
from app.auth.router import router as auth
from app.auth.sign_up.router import router as auth_sign_up
from app.resources.loans.router import router as loans
from app.resources.subjects.router import router as subjects
from app.resources.works.router import router as works
from app.users.router import router as users

ROUTERS: list[APIRouter] = [
    auth,
    users,
    auth_jwt,
    auth_sign_up,
    works,
    subjects,
    loans,
]
