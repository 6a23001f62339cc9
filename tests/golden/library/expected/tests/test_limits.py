"""PostgreSQL gives up what nobody waits for any more."""

import pytest
from sqlalchemy import text

from app.backends.postgresql import PostgreSQL
from app.database import Database
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
