"""The rows that are asked for: accounts, shelves and items, made by the database itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import asyncpg

ITEMS_OF_AN_ACCOUNT = 10_000
SHELVES = 100
PASSWORD = "correct horse battery staple"

ACCOUNTS = """
INSERT INTO users (id, email, password_hash, role, is_active, created_at, updated_at, _version)
SELECT gen_random_uuid(), 'user' || n || '@example.com', $2, 'user', true, now(), now(), 1
FROM generate_series(1, $1) AS n
"""
SHELVES_OF_EACH = """
INSERT INTO shelves (id, name, owner_id, created_at, updated_at, _version)
SELECT gen_random_uuid(), 'Shelf ' || n, users.id, now(), now(), 1
FROM users, generate_series(1, $1) AS n
"""
ITEMS_OF_EACH = """
INSERT INTO items (
    id, title, description, price, quantity, status, shelf_id, owner_id,
    created_at, updated_at, _version
)
SELECT gen_random_uuid(), 'Item ' || n, 'As it came, number ' || n, (n * 7919 % 100000) / 100.0,
    n % 50, (ARRAY['draft', 'offered', 'sold'])[n % 3 + 1], mine.shelves[n % $2 + 1], mine.id,
    now() - n * interval '1 minute', now() - n * interval '1 minute', 1
FROM generate_series(1, $1) AS n, (
    SELECT users.id, array_agg(shelves.id) AS shelves
    FROM users JOIN shelves ON shelves.owner_id = users.id GROUP BY users.id
) AS mine
"""
MORE_ITEMS = """
INSERT INTO items (
    id, title, price, quantity, status, owner_id, created_at, updated_at, _version
)
SELECT gen_random_uuid(), 'Gone', 1, 0, 'sold', $2, now() - interval '1 year', now(), 1
FROM generate_series(1, $1) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, and what is theirs."""

    id: str
    email: str
    items: tuple[str, ...]
    shelves: tuple[str, ...]


async def fill(url: str, rows: int, password_hash: str) -> Account:
    """Fill the tables with so many items, ten thousand to an account, and tell of one account."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("TRUNCATE users CASCADE")
        own = min(rows, ITEMS_OF_AN_ACCOUNT)
        await connection.execute(ACCOUNTS, rows // own, password_hash, timeout=60)
        await connection.execute(SHELVES_OF_EACH, SHELVES, timeout=60)
        await connection.execute(ITEMS_OF_EACH, own, SHELVES, timeout=600)
        await connection.execute("VACUUM ANALYZE")
        return await account(connection)
    finally:
        await connection.close()


async def account(connection: asyncpg.Connection) -> Account:
    """The first account."""
    user = await connection.fetchrow("SELECT id, email FROM users ORDER BY email LIMIT 1")
    items = await connection.fetch("SELECT id FROM items WHERE owner_id = $1", user["id"])
    shelves = await connection.fetch("SELECT id FROM shelves WHERE owner_id = $1", user["id"])
    return Account(
        id=str(user["id"]),
        email=user["email"],
        items=tuple(str(row["id"]) for row in items),
        shelves=tuple(str(row["id"]) for row in shelves),
    )


def driver_url(url: str) -> str:
    """A URL of a database as its driver takes it, without SQLAlchemy's part."""
    return url.replace("+asyncpg", "")


def more_items(url: str, owner: str, count: int) -> tuple[str, ...]:
    """New items of an account, which may be deleted."""

    async def make() -> tuple[str, ...]:
        connection = await asyncpg.connect(url)
        try:
            rows = await connection.fetch(MORE_ITEMS, count, owner)
        finally:
            await connection.close()
        return tuple(str(row["id"]) for row in rows)

    return asyncio.run(make())
