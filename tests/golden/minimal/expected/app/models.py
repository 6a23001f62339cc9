"""Every model, one a line, so that whoever needs all tables imports one module."""

from app.auth.jwt.models import Session
from app.auth.models import LoginAttempt, User
from app.database import Base
from app.idempotency.models import IdempotencyKey
from app.resources.notes.model import Note

MODELS: list[type[Base]] = [
    User,
    LoginAttempt,
    Session,
    IdempotencyKey,
    Note,
]
