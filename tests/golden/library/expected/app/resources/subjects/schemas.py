"""Subjects as clients send and see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from app.filters import TextParam
from app.pagination import Page, Paging
from app.schemas import Schema, Slug, Versioned

Name = Annotated[Slug, Field(max_length=100)]


class SubjectCreate(Schema):
    """What a client sends to create a subject."""

    name: Name


class SubjectUpdate(Schema):
    """What a client may change of a subject; what it leaves out stays."""

    name: Name | MISSING = MISSING


class SubjectRead(Versioned):
    """A subject."""

    id: UUID
    name: str
    created_at: datetime
    updated_at: datetime


class SubjectPage(Page[SubjectRead]):
    """One page of a list of subjects."""


class SubjectQuery(Paging):
    """Which subjects a list shows, and in which order."""

    sort: Literal["name", "-name", "created_at", "-created_at"] | MISSING = MISSING
    name: TextParam | MISSING = MISSING
    name__ne: TextParam | MISSING = MISSING
    name__in: Annotated[list[TextParam], Field(min_length=1, max_length=100)] | MISSING = MISSING
    name__contains: TextParam | MISSING = MISSING
    name__startswith: TextParam | MISSING = MISSING
