"""A query is read as FastAPI reads one, and told of in the same words."""

from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Query
from httpx2 import AsyncClient
from pydantic import MISSING, Field

from app.queries import from_query, in_query
from app.schemas import Schema, spelled
from tests.throwaway import ROOT

THEIRS, OURS = "/queries/theirs", "/queries/ours"


class Wanted(Schema):
    """Parameters of every kind."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    total: Annotated[bool, spelled("true|false", "true")] = False
    name: str | MISSING = MISSING
    name__in: Annotated[list[str], Field(min_length=1, max_length=2)] | MISSING = MISSING
    from_: Annotated[int | MISSING, Field(alias="from")] = MISSING


@pytest.fixture
def queries(throwaway: FastAPI) -> None:
    """The same query, read in both ways."""

    @throwaway.get(THEIRS)
    async def read_theirs(query: Annotated[Wanted, Query()]) -> dict[str, Any]:
        return query.model_dump(exclude_unset=True)

    @throwaway.get(OURS, openapi_extra=in_query(Wanted))
    async def read_ours(query: Annotated[Wanted, Depends(from_query(Wanted))]) -> dict[str, Any]:
        return query.model_dump(exclude_unset=True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("limit=5&total=true&name=a%20b&from=7", 200),
        ("limit=5&limit=6", 200),
        ("name__in=a&name__in=b", 200),
        ("name=", 200),
        ("limit=0", 422),
        ("limit=", 422),
        ("limit=x&total=maybe", 422),
        ("name__in=a&name__in=b&name__in=c", 422),
        ("from_=7", 422),
        ("unknown=1", 422),
    ],
)
async def test_a_query_is_read_as_fastapi_reads_it(
    visitor: AsyncClient, queries: None, query: str, status: int
) -> None:
    theirs, ours = [await visitor.get(f"{ROOT}{path}?{query}") for path in (THEIRS, OURS)]
    assert ours.status_code == theirs.status_code == status, ours.text
    answers = [answer.json() for answer in (theirs, ours)]
    for answer in answers:
        answer.pop("request_id", None)
    assert answers[1] == answers[0]


async def test_the_document_tells_of_it_as_fastapi_does(throwaway: FastAPI, queries: None) -> None:
    paths = throwaway.openapi()["paths"]
    theirs, ours = (paths[path]["get"]["parameters"] for path in (THEIRS, OURS))
    assert ours == theirs
