"""Every model, one a line, so that whoever needs all tables imports one module."""

from app.auth.models import LoginAttempt, Session, User
from app.database import Base
from app.idempotency.models import IdempotencyKey
from app.resources.loans.model import Loan
from app.resources.subjects.model import Subject
from app.resources.works.model import Work

MODELS: list[type[Base]] = [
    User,
    Session,
    LoginAttempt,
    IdempotencyKey,
    Work,
    Subject,
    Loan,
]
