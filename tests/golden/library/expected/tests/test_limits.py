"""PostgreSQL gives up what nobody waits for any more."""

import pytest
from sqlalchemy import select, text

from app.backends.postgresql import PostgreSQL
from app.database import Database
from app.engine import open_database
from app.settings import Settings


@pytest.mark.parametrize("name", ["statement_timeout", "idle_in_transaction_session_timeout"])
async def test_the_server_waits_no_longer_than_a_request(
    database: Database, settings: Settings, name: str
) -> None:
    if not isinstance(database.backend, PostgreSQL):
        pytest.skip("not on PostgreSQL")
    row = await database.one(
        text("SELECT current_setting(:name)::interval AS most"), {"name": name}
    )
    assert row is not None
    assert row["most"].total_seconds() == settings.database_timeout_seconds


async def test_nothing_is_kept_at_a_server_that_others_share(
    database: Database, settings: Settings
) -> None:
    if not isinstance(database.backend, PostgreSQL):
        pytest.skip("not on PostgreSQL")
    shared = open_database(settings.model_copy(update={"database_prepared_statements": False}))
    try:
        for _ in range(3):
            await shared.one(select(text("1 AS one")))
        left = text("SELECT name FROM pg_prepared_statements WHERE name <> ''")
        assert await shared.all(left) == []
        limit = await shared.one(text("SELECT current_setting('statement_timeout') AS limit"))
        assert limit == {"limit": "0"}
    finally:
        await shared.engine.dispose()
