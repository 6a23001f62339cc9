"""The tables of accounts: who there is, and who tried to sign in."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, Uuid
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.clock import utc_now
from app.columns import EnumText, UtcDateTime, Varchar
from app.database import Base


class Role(StrEnum):
    """What an account may do; access rules name these."""

    USER = "user"
    ADMIN = "admin"


class User(Base):
    """Someone with an account."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    email: Mapped[str] = mapped_column(Varchar(254), unique=True)
    password_hash: Mapped[str] = mapped_column(Varchar(255))
    full_name: Mapped[str | None] = mapped_column(Varchar(200))
    role: Mapped[Role] = mapped_column(EnumText(Role), default=Role.USER)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
    version_: Mapped[int] = mapped_column("_version", key="version_", default=1)

    __table_args__ = (
        CheckConstraint(role.in_(Role), name="role"),
        Index("ix_users_created_at_id", created_at.desc(), id.desc()),
    )


class LoginAttempt(Base):
    """How often something was tried that must not be guessed, since the first try."""

    __tablename__ = "_login_attempts"

    id: Mapped[str] = mapped_column(Varchar(64), primary_key=True)
    """A hash of what the tries were at: an account or an address."""
    tries: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
