"""Works as clients send and see them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from app.clock import utc_today
from app.decimals import Exact, PlainDecimal
from app.enums import Medium
from app.filters import BoolParam, TextParam
from app.immutable import Immutable
from app.pagination import Page, Paging
from app.schemas import IsoDate, NoNul, Schema, Text, Versioned

Title = Annotated[Text, Field(min_length=1, max_length=200)]
Price = Annotated[Decimal, Exact(8, 2, ge=Decimal("0"))]
ShelfMark = Annotated[str, Field(max_length=20, pattern="^[A-Z]{2}[0-9]+$"), NoNul]


class WorkCreate(Schema):
    """What a client sends to create a work."""

    title: Title
    medium: Medium = Medium.BOOK
    price: Price | None = None
    acquired_on: IsoDate = Field(default_factory=utc_today)
    shelf_mark: ShelfMark
    sequel_to_id: UUID | None = None


class WorkUpdate(Schema):
    """What a client may change of a work; what it leaves out stays."""

    title: Title | MISSING = MISSING
    medium: Medium | MISSING = MISSING
    price: Price | MISSING | None = MISSING
    acquired_on: IsoDate | MISSING = MISSING
    sequel_to_id: UUID | MISSING | None = MISSING
    shelf_mark: Immutable = MISSING


class WorkRead(Versioned):
    """What can be lent."""

    id: UUID
    title: str
    medium: Medium
    price: PlainDecimal | None
    acquired_on: date
    shelf_mark: str
    sequel_to_id: UUID | None
    created_at: datetime
    updated_at: datetime


class WorkPage(Page[WorkRead]):
    """One page of a list of works."""


class WorkQuery(Paging):
    """Which works a list shows, and in which order."""

    sort: (
        Literal[
            "title",
            "-title",
            "medium",
            "-medium",
            "shelf_mark",
            "-shelf_mark",
            "sequel_to_id",
            "-sequel_to_id",
            "created_at",
            "-created_at",
        ]
        | MISSING
    ) = MISSING
    title: TextParam | MISSING = MISSING
    title__ne: TextParam | MISSING = MISSING
    title__in: Annotated[list[TextParam], Field(min_length=1, max_length=100)] | MISSING = MISSING
    title__contains: TextParam | MISSING = MISSING
    title__startswith: TextParam | MISSING = MISSING
    medium: Medium | MISSING = MISSING
    medium__ne: Medium | MISSING = MISSING
    medium__in: Annotated[list[Medium], Field(min_length=1, max_length=100)] | MISSING = MISSING
    shelf_mark: TextParam | MISSING = MISSING
    shelf_mark__ne: TextParam | MISSING = MISSING
    shelf_mark__in: Annotated[list[TextParam], Field(min_length=1, max_length=100)] | MISSING = (
        MISSING
    )
    shelf_mark__contains: TextParam | MISSING = MISSING
    shelf_mark__startswith: TextParam | MISSING = MISSING
    sequel_to_id: UUID | MISSING = MISSING
    sequel_to_id__ne: UUID | MISSING = MISSING
    sequel_to_id__in: Annotated[list[UUID], Field(min_length=1, max_length=100)] | MISSING = MISSING
    sequel_to_id__isnull: BoolParam | MISSING = MISSING
