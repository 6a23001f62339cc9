"""The table of notes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.clock import utc_now
from app.columns import UtcDateTime, Varchar
from app.database import Base


class Note(Base):
    """A note."""

    __tablename__ = "notes"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    title: Mapped[str] = mapped_column(Varchar(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
    version_: Mapped[int] = mapped_column("_version", key="version_", default=1)

    __table_args__ = (Index("ix_notes_created_at_id", created_at.desc(), id.desc()),)
