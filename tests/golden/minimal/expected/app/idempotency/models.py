"""The table of the keys under which creations were sent, and of what they were answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import Json, LongBinary, UtcDateTime, Varchar
from app.database import Base


class IdempotencyKey(Base):
    """A creation that may be sent again. It has an answer as soon as anyone else can see it."""

    __tablename__ = "_idempotency_keys"

    id: Mapped[str] = mapped_column(Varchar(64), primary_key=True)
    """A hash of who sent it, to which operation and under which key."""
    request_hash: Mapped[str] = mapped_column(Varchar(64))
    status: Mapped[int | None] = mapped_column(SmallInteger)
    headers: Mapped[Any | None] = mapped_column(Json)
    body: Mapped[bytes | None] = mapped_column(LongBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
