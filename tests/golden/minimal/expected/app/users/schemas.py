"""Accounts as clients send and see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AfterValidator, StrictBool

from app.auth.models import Role
from app.auth.schemas import FullName
from app.filters import BoolParam, TextParam
from app.pagination import Page, Paging
from app.schemas import Schema, Versioned, lower_case


class ProfileUpdate(Schema):
    """What people may change of their own account; what they leave out stays."""

    full_name: FullName | MISSING | None = MISSING


class UserUpdate(Schema):
    """What an admin may change of an account; what is left out stays."""

    role: Role | MISSING = MISSING
    is_active: StrictBool | MISSING = MISSING


class UserRead(Versioned):
    """An account."""

    id: UUID
    email: str
    full_name: str | None
    role: Role
    is_active: bool
    created_at: datetime
    updated_at: datetime


class UserPage(Page[UserRead]):
    """One page of a list of accounts."""


class UserQuery(Paging):
    """Which accounts a list shows, and in which order."""

    email: Annotated[TextParam, AfterValidator(lower_case)] | MISSING = MISSING
    email__contains: TextParam | MISSING = MISSING
    role: Role | MISSING = MISSING
    is_active: BoolParam | MISSING = MISSING
    sort: Literal["created_at", "-created_at", "email", "-email"] = "-created_at"
