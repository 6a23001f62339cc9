"""The rows of one owner, whatever else is asked of the column that names the owner."""

from collections.abc import AsyncGenerator
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.database import Database
from app.ownership import OwnedRepository
from app.pagination import Paging

MINE, THEIRS = uuid4(), uuid4()


class Apart(DeclarativeBase):
    """Tables that the service doesn't have."""

    metadata = MetaData()


class Thing(Apart):
    """Something that belongs to somebody."""

    __tablename__ = "_owned_things"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    owner_id: Mapped[UUID] = mapped_column(Uuid)


class ThingRepository(OwnedRepository):
    """Reads and writes things."""

    model: ClassVar[Any] = Thing
    owner = "owner_id"
    default_sort = "-id"
    stamps = ()


@pytest.fixture
async def things(database: Database) -> AsyncGenerator[ThingRepository]:
    """The repository of one thing that is mine and one that is theirs."""
    async with database.engine.begin() as connection:
        await connection.run_sync(Apart.metadata.create_all)
    found = ThingRepository(database)
    for owner in (MINE, THEIRS):
        await found.add_own({}, owner=owner)
    yield found
    async with database.engine.begin() as connection:
        await connection.run_sync(Apart.metadata.drop_all)


@pytest.mark.parametrize(
    ("within", "owner", "count"),
    [(MINE, MINE, 1), (THEIRS, MINE, 0), (MINE, THEIRS, 0), (THEIRS, None, 1)],
)
async def test_a_list_within_somebody_is_still_of_the_owner_alone(
    things: ThingRepository, within: UUID, owner: UUID | None, count: int
) -> None:
    page = await things.page(Paging(), ThingRepository.within("owner_id", within), owner=owner)
    assert [row["owner_id"] for row in page.items] == [within] * count
