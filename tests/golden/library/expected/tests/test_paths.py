"""Paths: an id in one ends where a verb begins."""

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from tests.throwaway import ROOT


@pytest.fixture
def rows(throwaway: FastAPI) -> None:
    """Two routes of one row: the row itself, and a verb."""

    @throwaway.get("/rows/{row_id:key}")
    async def read_row(row_id: str) -> str:
        return row_id

    @throwaway.post("/rows/{row_id:key}:wake")
    async def wake_row(row_id: str) -> str:
        return row_id


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/rows/a", 200),
        ("GET", "/rows/a.~-_", 200),
        ("POST", "/rows/a:wake", 200),
        ("GET", "/rows/a:wake", 405),
        ("GET", "/rows/a:sleep", 404),
        ("GET", "/rows/a%3Awake", 405),
        ("GET", "/rows/a%2Fb", 404),
        ("GET", "/rows/", 404),
    ],
)
async def test_an_id_holds_neither_slash_nor_colon(
    visitor: AsyncClient, rows: None, method: str, path: str, status: int
) -> None:
    response = await visitor.request(method, f"{ROOT}{path}")
    assert response.status_code == status, response.text


async def test_the_document_shows_plain_paths(throwaway: FastAPI, rows: None) -> None:
    assert "/rows/{row_id}" in throwaway.openapi()["paths"]
