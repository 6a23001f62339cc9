"""The table of works."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Table, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import utc_now, utc_today
from app.columns import EnumText, ExactDecimal, UtcDateTime, Varchar
from app.database import Base
from app.enums import Medium

if TYPE_CHECKING:
    from app.resources.loans.model import Loan
    from app.resources.subjects.model import Subject

WORKS_SUBJECTS = Table(
    "works_subjects",
    Base.metadata,
    Column("work_id", ForeignKey("works.id", ondelete="CASCADE"), primary_key=True),
    Column("subject_id", ForeignKey("subjects.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_works_subjects_subject_id", "subject_id"),
)
"""Which works go with which of subjects."""


class Work(Base):
    """What can be lent."""

    __tablename__ = "works"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    title: Mapped[str] = mapped_column(Varchar(200), index=True)
    medium: Mapped[Medium] = mapped_column(EnumText(Medium), default=Medium.BOOK)
    price: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    acquired_on: Mapped[date] = mapped_column(Date, default=utc_today)
    shelf_mark: Mapped[str] = mapped_column(Varchar(20), unique=True)
    sequel_to_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("works.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
    version_: Mapped[int] = mapped_column("_version", key="version_", default=1)

    sequel_to: Mapped["Work | None"] = relationship(
        lazy="raise", foreign_keys=sequel_to_id, remote_side=id, back_populates="sequels"
    )
    subjects: Mapped[list["Subject"]] = relationship(
        lazy="raise", secondary=lambda: WORKS_SUBJECTS, back_populates="works"
    )
    loans: Mapped[list["Loan"]] = relationship(
        lazy="raise", foreign_keys="Loan.work_id", passive_deletes=True, back_populates="work"
    )
    sequels: Mapped[list["Work"]] = relationship(
        lazy="raise",
        foreign_keys="Work.sequel_to_id",
        passive_deletes=True,
        back_populates="sequel_to",
    )

    __table_args__ = (
        CheckConstraint(medium.in_(Medium), name="medium"),
        CheckConstraint(price >= Decimal("0"), name="price_ge"),
        Index("ix_works_created_at_id", created_at.desc(), id.desc()),
        Index("ix_works_medium_acquired_on", medium, acquired_on.desc()),
    )
