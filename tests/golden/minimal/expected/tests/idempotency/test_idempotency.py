"""Keys are their principal's, last for a day, and stand only beside what was written."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from fastapi import APIRouter, FastAPI, Request, status
from fastapi import Response as Answer
from httpx2 import AsyncClient, Response
from sqlalchemy import func, literal, select, update

from app.clock import utc_now
from app.database import Database, ExecutorDep
from app.errors import ConflictError
from app.idempotency.repository import KEPT, KEYS
from app.idempotency.route import IdempotentRoute
from app.main import create_app
from app.settings import Settings
from tests.conftest import connect

router = APIRouter(route_class=IdempotentRoute)
made: list[int] = []
"""What the routes have made, what was taken back included."""


@router.post("/things", status_code=status.HTTP_201_CREATED)
@router.post("/others", name="make_another", status_code=status.HTTP_201_CREATED)
async def make(thing: int, executor: ExecutorDep, request: Request, response: Answer) -> int:
    request.state.principal = request.headers.get("X-Principal", "")
    await executor.one(select(literal(1)))
    made.append(thing)
    if thing < 0:
        raise ConflictError
    response.headers["Location"] = f"/things/{thing}"
    return thing


@router.post("/questions")
async def ask(executor: ExecutorDep) -> int:
    await executor.one(select(literal(1)))
    made.append(0)
    return len(made)


@pytest.fixture
async def maker(
    settings: Settings, app: FastAPI, database: Database
) -> AsyncGenerator[AsyncClient]:
    """A client of a service that makes things."""
    made.clear()
    service = create_app(settings)
    service.include_router(router)
    service.state.database = database
    async with connect(service) as client:
        client.base_url = "http://test"
        yield client


async def keys(database: Database) -> int:
    row = await database.one(select(func.count().label("keys")).select_from(KEYS))
    assert row is not None
    found: int = row["keys"]
    return found


async def post(
    client: AsyncClient, key: str | None, thing: int = 1, principal: str = ""
) -> Response:
    headers = {"X-Principal": principal} | ({} if key is None else {"Idempotency-Key": key})
    return await client.post(f"/things?thing={thing}", headers=headers)


async def test_without_a_key_each_request_makes_something(
    maker: AsyncClient, database: Database
) -> None:
    for _ in range(2):
        assert (await post(maker, None)).status_code == 201
    assert made == [1, 1]
    assert await keys(database) == 0


async def test_with_one_key_the_first_request_alone_does(
    maker: AsyncClient, database: Database
) -> None:
    answers = [await post(maker, "k") for _ in range(3)]
    assert made == [1]
    assert [(a.status_code, a.json(), a.headers["location"]) for a in answers] == [
        (201, 1, "/things/1")
    ] * 3
    assert [a.headers.get("idempotency-replayed") for a in answers] == [None, "true", "true"]
    assert await keys(database) == 1


@pytest.mark.parametrize("key", ["!", '"8e03978e-40d5-43dd-bc93-6894a57f9324"', "~" * 255])
async def test_a_key_is_visible_ascii(maker: AsyncClient, key: str) -> None:
    assert (await post(maker, key)).status_code == 201


@pytest.mark.parametrize(
    "key", ["", "a b", "~" * 256, "\xe9"], ids=["none", "blank", "long", "latin"]
)
async def test_any_other_key_is_refused(maker: AsyncClient, database: Database, key: str) -> None:
    headers = [(b"idempotency-key", key.encode("latin-1"))]
    answer = await maker.post("/things?thing=1", headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "header"
    assert made == []


async def test_a_key_is_its_principals_own(maker: AsyncClient) -> None:
    for principal in ("ada", "bob", "ada"):
        assert (await post(maker, "k", principal=principal)).status_code == 201
    assert made == [1, 1]


async def test_a_key_is_for_one_operation(maker: AsyncClient) -> None:
    for path in ("/things", "/others", "/things"):
        answer = await maker.post(f"{path}?thing=1", headers={"Idempotency-Key": "k"})
        assert answer.status_code == 201
    assert made == [1, 1]


async def test_a_failed_request_leaves_no_key(maker: AsyncClient, database: Database) -> None:
    for _ in range(2):
        assert (await post(maker, "k", thing=-1)).status_code == 409
    assert made == [-1, -1]
    assert await keys(database) == 0


async def test_a_key_lasts_for_a_day(maker: AsyncClient, database: Database) -> None:
    await post(maker, "k")
    for age, expected in ((KEPT - timedelta(minutes=1), [1]), (KEPT, [1, 1])):
        ends = utc_now() + KEPT - age
        await database.run(update(KEYS).values(expires_at=ends))
        assert (await post(maker, "k")).status_code == 201
        assert made == expected
    assert await keys(database) == 1


async def test_keys_that_ran_out_are_forgotten(maker: AsyncClient, database: Database) -> None:
    for key in ("a", "b", "c"):
        await post(maker, key)
    await database.run(update(KEYS).values(expires_at=utc_now()))
    await post(maker, "d")
    assert await keys(database) == 1


async def test_what_creates_nothing_heeds_no_key(maker: AsyncClient, database: Database) -> None:
    for _ in range(2):
        await maker.post("/questions", headers={"Idempotency-Key": "k"})
    assert made == [0, 0]
    assert await keys(database) == 0


async def test_the_document_says_what_a_key_is(maker: AsyncClient, app: FastAPI) -> None:
    paths = (await maker.get("/openapi.json")).json()["paths"]
    (parameter,) = [one for one in paths["/things"]["post"]["parameters"] if one["in"] == "header"]
    assert parameter["name"] == "Idempotency-Key"
    assert not parameter["required"]
    assert "parameters" not in paths["/questions"]["post"]
