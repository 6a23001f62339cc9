"""The floor: routes, a driver, and nothing in between.

Starlette, asyncpg and orjson on the tables of the generated service, for one shape of each request.
Nothing is validated beyond what the statement needs, no rule is told apart from another, nothing is
logged: what a request costs at least on this stack.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import jwt
import orjson
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils.compat import uuid7

KEY = os.environ["SECRET_KEY"]
POOL_SIZE = 10
LIMIT = 20
PASSWORDS = PasswordHash((Argon2Hasher(),))

COLUMNS = (
    "id, title, description, price, quantity, status, shelf_id, owner_id, created_at, updated_at"
)
MINE = f"SELECT {COLUMNS} FROM items WHERE owner_id = $1"
NEWEST = f"ORDER BY created_at DESC, id DESC LIMIT {LIMIT + 1}"
GET = f"SELECT {COLUMNS}, _version FROM items WHERE owner_id = $1 AND id = $2"
FIRST_PAGE = f"{MINE} {NEWEST}"
NEXT_PAGE = f"{MINE} AND (created_at, id) < ($2, $3) {NEWEST}"
FILTERED = f"{MINE} AND status = $2 AND price >= $3 ORDER BY price, id LIMIT {LIMIT + 1}"
ON_SHELF = f"{MINE} AND shelf_id = $2 {NEWEST}"
INSERT = f"""
INSERT INTO items ({COLUMNS}, _version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)
RETURNING {COLUMNS}, _version
"""
UPDATE = f"""
UPDATE items SET title = $3, updated_at = $4, _version = _version + 1
WHERE owner_id = $1 AND id = $2 RETURNING {COLUMNS}, _version
"""
DELETE = "DELETE FROM items WHERE owner_id = $1 AND id = $2"
ACCOUNT = "SELECT id, role, password_hash FROM users WHERE email = $1"


def caller(request: Request) -> UUID:
    """Who the token says is calling."""
    token = request.headers["authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, KEY, ["HS256"], audience="items", issuer="items")
    return UUID(claims["sub"])


def plain(value: object) -> str:
    """What orjson does not know."""
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError


def answer(content: object, status: int = 200) -> Response:
    """The answer with some JSON."""
    return Response(orjson.dumps(content, plain), status, media_type="application/json")


def one(row: asyncpg.Record | None, status: int = 200) -> Response:
    """The answer with a row, as far as there is one."""
    if row is None:
        return answer({"detail": "There is no such item."}, 404)
    content = dict(row)
    version = content.pop("_version")
    response = answer(content, status)
    response.headers["etag"] = f'"{version}"'
    return response


def page(rows: Sequence[asyncpg.Record]) -> Response:
    """The answer with a page of rows, and where the next one begins."""
    items = [dict(row) for row in rows[:LIMIT]]
    more = len(rows) > LIMIT
    return answer({"items": items, "next_cursor": cursor(items[-1]) if more else None})


def cursor(row: dict[str, Any]) -> str:
    """A word for a row that a page ends with."""
    return urlsafe_b64encode(orjson.dumps([row["created_at"], row["id"]], plain)).decode()


def behind(word: str) -> tuple[datetime, UUID]:
    """The row that a page ended with."""
    created_at, row_id = orjson.loads(urlsafe_b64decode(word))
    return datetime.fromisoformat(created_at), UUID(row_id)


async def list_items(request: Request) -> Response:
    """One page of the caller's items."""
    owner, query, pool = caller(request), request.query_params, request.app.state.pool
    if "cursor" in query:
        return page(await pool.fetch(NEXT_PAGE, owner, *behind(query["cursor"])))
    if "status" in query:
        return page(
            await pool.fetch(FILTERED, owner, query["status"], Decimal(query["price__gte"]))
        )
    return page(await pool.fetch(FIRST_PAGE, owner))


async def list_on_shelf(request: Request) -> Response:
    """One page of the caller's items on a shelf."""
    owner, shelf = caller(request), UUID(request.path_params["id"])
    return page(await request.app.state.pool.fetch(ON_SHELF, owner, shelf))


async def get_item(request: Request) -> Response:
    """An item."""
    owner, item = caller(request), UUID(request.path_params["id"])
    return one(await request.app.state.pool.fetchrow(GET, owner, item))


async def create_item(request: Request) -> Response:
    """A new item."""
    owner, data, now = caller(request), orjson.loads(await request.body()), datetime.now(UTC)
    row = await request.app.state.pool.fetchrow(
        INSERT,
        uuid7(),
        data["title"],
        data.get("description"),
        Decimal(data["price"]),
        data.get("quantity", 0),
        data.get("status", "draft"),
        data.get("shelf_id"),
        owner,
        now,
    )
    response = one(row, 201)
    response.headers["location"] = f"{request.url.path}/{row['id']}"
    return response


async def update_item(request: Request) -> Response:
    """Change the title of an item."""
    owner, item = caller(request), UUID(request.path_params["id"])
    data = orjson.loads(await request.body())
    now = datetime.now(UTC)
    return one(await request.app.state.pool.fetchrow(UPDATE, owner, item, data["title"], now))


async def delete_item(request: Request) -> Response:
    """Delete an item."""
    owner, item = caller(request), UUID(request.path_params["id"])
    done = await request.app.state.pool.execute(DELETE, owner, item)
    return Response(status_code=204 if done == "DELETE 1" else 404)


async def log_in(request: Request) -> Response:
    """A token for whoever knows the password."""
    data = orjson.loads(await request.body())
    row = await request.app.state.pool.fetchrow(ACCOUNT, data["email"])
    verify = PASSWORDS.verify
    if row is None or not await run_in_threadpool(verify, data["password"], row["password_hash"]):
        return answer({"detail": "Email or password is wrong."}, 401)
    ends = datetime.now(UTC) + timedelta(hours=1)
    claims = {"iss": "items", "aud": "items", "sub": str(row["id"]), "exp": ends}
    return answer({"access_token": jwt.encode(claims, KEY, "HS256")})


async def live(_request: Request) -> Response:
    """That it answers at all."""
    return Response()


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """The pool, for as long as the service runs."""
    url = os.environ["DATABASE_URL"].replace("+asyncpg", "")
    async with asyncpg.create_pool(url, min_size=1, max_size=POOL_SIZE) as app.state.pool:
        yield


ITEMS = "/api/v1/items"

app = Starlette(
    lifespan=lifespan,
    routes=[
        Route("/health/live", live),
        Route("/api/v1/auth/login", log_in, methods=["POST"]),
        Route(ITEMS, list_items, methods=["GET"]),
        Route(ITEMS, create_item, methods=["POST"]),
        Route(ITEMS + "/{id}", get_item, methods=["GET"]),
        Route(ITEMS + "/{id}", update_item, methods=["PATCH"]),
        Route(ITEMS + "/{id}", delete_item, methods=["DELETE"]),
        Route("/api/v1/shelves/{id}/items", list_on_shelf, methods=["GET"]),
    ],
)
