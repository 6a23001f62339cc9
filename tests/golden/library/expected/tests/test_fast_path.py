"""The fast path answers as SQLAlchemy does, and outlives the loss of its connections."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import (
    ARRAY,
    Column,
    Executable,
    Float,
    Integer,
    MetaData,
    NullPool,
    String,
    Table,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine
from uuid_utils.compat import uuid7

from app.backends.base import FastPath
from app.backends.postgresql import PostgreSQL
from app.clock import utc_now
from app.columns import EnumText, ExactDecimal, Json, UtcDateTime, Varchar
from app.database import NAMING_CONVENTION, Database
from app.engine import open_database
from app.errors import DatabaseUnavailableError
from app.settings import Settings

CONNECTIONS = 3
CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
    "AND datname = current_database() AND query LIKE '%fast_path_things%'"
)


class Colour(StrEnum):
    """A colour."""

    RED = "red"


THINGS = Table(
    "fast_path_things",
    MetaData(naming_convention=NAMING_CONVENTION),
    Column("id", Uuid, primary_key=True, default=uuid7),
    Column("name", Varchar(20), unique=True),
    Column("price", ExactDecimal(10, 2)),
    Column("share", Float),
    Column("colour", EnumText(Colour)),
    Column("words", ARRAY(String)),
    Column("document", Json),
    Column("made", UtcDateTime),
    Column("changed", UtcDateTime, default=utc_now, onupdate=utc_now),
    Column("_count", Integer, key="count_", default=1),
)
THING: dict[str, Any] = {
    "name": "lamp",
    "price": Decimal("1.50"),
    "share": 0.1,
    "colour": Colour.RED,
    "words": ["a", "b"],
    "document": {"a": [None]},
    "made": datetime(2026, 1, 31, 9, 30, tzinfo=UTC),
}
ROW = [column.label(key) for key, column in THINGS.c.items()]
ADD = insert(THINGS).returning(*ROW)
NAMED = select(*ROW).where(THINGS.c.name == bindparam("wanted"))
ODD = "a: name & (one) of.an [old] 'table'"


@pytest.fixture
async def quick(settings: Settings, database: Database) -> AsyncGenerator[Database]:
    """A database of its own connections, with a table of things."""
    if not isinstance(database.backend, PostgreSQL):
        pytest.skip("not on PostgreSQL")
    opened = open_database(settings)
    async with opened.engine.begin() as connection:
        await connection.run_sync(THINGS.create)
    yield opened
    async with opened.engine.begin() as connection:
        await connection.run_sync(THINGS.drop)
    await opened.engine.dispose()


@pytest.fixture
def plain(quick: Database) -> Database:
    """The same without the fast path."""
    return Database(quick.engine, timeout=2)


async def cut_all(settings: Settings) -> None:
    """End every connection whose last statement was of things."""
    url = settings.database_url.get_secret_value()
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(CUT)


async def use_several(database: Database) -> None:
    """Have as many connections in the pool."""
    await asyncio.gather(*(database.one(NAMED, {"wanted": "lamp"}) for _ in range(CONNECTIONS)))


@pytest.mark.parametrize(
    ("statement", "parameters"),
    [
        (NAMED, {"wanted": "lamp"}),
        (NAMED, {"wanted": "no such thing"}),
        (select(*ROW).where(THINGS.c.name == bindparam(ODD)), {ODD: "lamp"}),
        (select(*ROW).where(THINGS.c.price > Decimal("1.1")).order_by(THINGS.c.id).limit(5), None),
        (select(*ROW).where(THINGS.c.name.in_(["lamp", "table"])), None),
        (select(func.count().label("total")).select_from(THINGS), None),
        (select(func.sum(THINGS.c.price).label("sum")), None),
        (select(THINGS), None),
        (select(text("1 AS one")), None),
        (update(THINGS).values(name="lamp").returning(THINGS.c.name, THINGS.c.count_), None),
    ],
)
async def test_it_answers_as_sqlalchemy_does(
    quick: Database, plain: Database, statement: Executable, parameters: dict[str, Any] | None
) -> None:
    await quick.one(ADD, THING)
    for _ in range(2):  # the second time it has been prepared
        found = await quick.all(statement, parameters)
        assert found == await plain.all(statement, parameters)


async def test_a_row_gets_what_the_table_gives_itself(quick: Database, plain: Database) -> None:
    row = await quick.one(ADD, THING)
    assert row is not None
    assert row == await plain.one(NAMED, {"wanted": "lamp"})
    assert {name: row[name] for name in THING} == THING
    assert (row["count_"], type(row["colour"])) == (1, Colour)

    changed = await quick.one(update(THINGS).values(name="table").returning(*ROW))
    assert changed is not None
    assert changed["changed"] > row["changed"]


async def test_the_first_instant_there_is_has_a_time_zone_too(quick: Database) -> None:
    first = datetime(1, 1, 1, tzinfo=UTC)
    row = await quick.one(ADD, {**THING, "made": first})
    assert row is not None
    assert row["made"] == first


async def test_a_statement_is_written_once_for_all_its_values(quick: Database) -> None:
    for price in ("1.10", "2.20"):
        row = await quick.one(ADD, {**THING, "name": price, "price": Decimal(price)})
        assert row is not None
        found = await quick.one(select(*ROW).where(THINGS.c.price == Decimal(price)))
        assert found == row


async def test_what_is_refused_is_told_as_sqlalchemy_tells_it(quick: Database) -> None:
    await quick.one(ADD, THING)
    with pytest.raises(IntegrityError) as caught:
        await quick.one(ADD, THING)
    assert PostgreSQL().violation(caught.value, THINGS) == ("unique", ["name"], THINGS.name)
    assert len(await quick.all(select(*ROW))) == 1


async def test_lost_connections_are_replaced(quick: Database, settings: Settings) -> None:
    await use_several(quick)
    await cut_all(settings)
    assert await quick.one(NAMED, {"wanted": "lamp"}) is None
    await asyncio.gather(
        *(quick.one(ADD, {**THING, "name": str(n)}) for n in range(2 * CONNECTIONS))
    )
    assert len(await quick.all(select(*ROW))) == 2 * CONNECTIONS


async def test_a_write_that_is_cut_off_is_told_and_not_done_again(
    quick: Database, settings: Settings
) -> None:
    slow = insert(THINGS).values(name=func.concat("lamp", func.pg_sleep(1))).returning(THINGS.c.id)
    writing = asyncio.create_task(quick.one(slow))
    await asyncio.sleep(0.3)
    await cut_all(settings)
    with pytest.raises(DatabaseUnavailableError):
        await writing
    assert await quick.all(select(*ROW)) == []


async def test_one_that_nobody_waits_for_any_more_is_not_kept(quick: Database) -> None:
    waiting = asyncio.create_task(quick.one(select(func.pg_sleep(1).label("slept"))))
    await asyncio.sleep(0.3)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await use_several(quick)


def test_one_setting_turns_it_off(quick: Database, settings: Settings) -> None:
    off = settings.model_copy(update={"database_fast_path": False})
    assert type(PostgreSQL().fast_path(quick.engine, off)) is FastPath
    assert type(PostgreSQL().fast_path(quick.engine, settings)) is not FastPath
