"""The table of loans."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import utc_now
from app.columns import LongText, UtcDateTime
from app.database import Base

if TYPE_CHECKING:
    from app.auth.models import User
    from app.resources.works.model import Work


class Loan(Base):
    """A loan."""

    __tablename__ = "loans"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    lent_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str | None] = mapped_column(LongText)
    work_id: Mapped[UUID] = mapped_column(ForeignKey("works.id"), index=True)
    borrower_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
    version_: Mapped[int] = mapped_column("_version", key="version_", default=1)

    work: Mapped["Work"] = relationship(lazy="raise", foreign_keys=work_id, back_populates="loans")
    borrower: Mapped["User"] = relationship(lazy="raise", foreign_keys=borrower_id)

    __table_args__ = (
        CheckConstraint(
            lent_at < due_at,
            name="lent_at_lt_due_at",
            info={"detail": "lent_at must be less than due_at"},
        ),
        Index("ix_loans_borrower_id_created_at_id", borrower_id, created_at.desc(), id.desc()),
        Index("ix_loans_created_at_id", created_at.desc(), id.desc()),
    )
