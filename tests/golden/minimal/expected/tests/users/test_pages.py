"""The list of everybody's accounts, page by page."""

import pytest

from app.database import Database
from tests.auth.fixtures import SignIn
from tests.factories.users import make_user


async def test_the_list_shows_everyone_newest_first_page_by_page(
    sign_in: SignIn, database: Database
) -> None:
    admin = await sign_in("admin")
    made = [await make_user(database) for _ in range(4)]
    expected = [str(user_id) for user_id in (*reversed(made), admin.user_id)]
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = (await admin.client.get("/users", params=query)).json()
        seen += [user["id"] for user in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == expected


async def test_the_list_is_counted_when_asked(sign_in: SignIn, database: Database) -> None:
    admin = await sign_in("admin")
    await make_user(database)
    parameters = {"limit": "1", "total": "true"}
    assert (await admin.client.get("/users", params=parameters)).json()["total"] == 2
    assert "total" not in (await admin.client.get("/users")).json()


@pytest.mark.parametrize("query", ["limit=0", "total=yes"])
async def test_a_bad_page_is_refused(sign_in: SignIn, query: str) -> None:
    admin = await sign_in("admin")
    assert (await admin.client.get(f"/users?{query}")).status_code == 422
