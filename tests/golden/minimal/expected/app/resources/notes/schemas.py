"""Notes as clients send and see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from app.pagination import Page, Paging
from app.schemas import Schema, Text, Versioned

Title = Annotated[Text, Field(min_length=1, max_length=200)]


class NoteCreate(Schema):
    """What a client sends to create a note."""

    title: Title


class NoteUpdate(Schema):
    """What a client may change of a note; what it leaves out stays."""

    title: Title | MISSING = MISSING


class NoteRead(Versioned):
    """A note."""

    id: UUID
    title: str
    created_at: datetime
    updated_at: datetime


class NotePage(Page[NoteRead]):
    """One page of a list of notes."""


class NoteQuery(Paging):
    """Which notes a list shows, and in which order."""

    sort: Literal["created_at", "-created_at"] | MISSING = MISSING
