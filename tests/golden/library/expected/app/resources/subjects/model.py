"""The table of subjects."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import utc_now
from app.columns import UtcDateTime, Varchar
from app.database import Base

if TYPE_CHECKING:
    from app.resources.works.model import Work


class Subject(Base):
    """A subject."""

    __tablename__ = "subjects"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(Varchar(100), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
    version_: Mapped[int] = mapped_column("_version", key="version_", default=1)

    works: Mapped[list["Work"]] = relationship(
        lazy="raise",
        secondary=lambda: Base.metadata.tables["works_subjects"],
        back_populates="subjects",
    )

    __table_args__ = (Index("ix_subjects_created_at_id", created_at.desc(), id.desc()),)
