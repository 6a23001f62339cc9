"""Loans as clients send and see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from app.clock import utc_now
from app.pagination import Page, Paging
from app.schemas import Schema, Text, UtcInstant, Versioned

Note = Annotated[Text, Field(max_length=500)]


class LoanCreate(Schema):
    """What a client sends to create a loan."""

    lent_at: UtcInstant = Field(default_factory=utc_now)
    due_at: UtcInstant
    note: Note | None = None
    work_id: UUID


class LoanUpdate(Schema):
    """What a client may change of a loan; what it leaves out stays."""

    lent_at: UtcInstant | MISSING = MISSING
    due_at: UtcInstant | MISSING = MISSING
    note: Note | MISSING | None = MISSING
    work_id: UUID | MISSING = MISSING


class LoanRead(Versioned):
    """A loan."""

    id: UUID
    lent_at: datetime
    due_at: datetime
    work_id: UUID
    borrower_id: UUID
    created_at: datetime
    updated_at: datetime


class LoanPage(Page[LoanRead]):
    """One page of a list of loans."""


class LoanQuery(Paging):
    """Which loans a list shows, and in which order."""

    sort: (
        Literal["work_id", "-work_id", "borrower_id", "-borrower_id", "created_at", "-created_at"]
        | MISSING
    ) = MISSING
    work_id: UUID | MISSING = MISSING
    work_id__ne: UUID | MISSING = MISSING
    work_id__in: Annotated[list[UUID], Field(min_length=1, max_length=100)] | MISSING = MISSING
    borrower_id: UUID | MISSING = MISSING
    borrower_id__ne: UUID | MISSING = MISSING
    borrower_id__in: Annotated[list[UUID], Field(min_length=1, max_length=100)] | MISSING = MISSING
