"""Which versions `If-Match` asks for (RFC 9110, 13.1.1)."""

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.etags import VersionsDep

ASKED: list[tuple[list[str], list[int] | None]] = [
    ([], None),
    (["*"], None),
    (['"1"'], [1]),
    (['"1", "2"'], [1, 2]),
    (['"1"', '"2"'], [1, 2]),
    ([' "1" ,, "2" ', '"10"'], [1, 2, 10]),
    (['W/"1"'], []),
    (['W/"1", "2"'], [2]),
    (['w/"1"'], []),
    (['"01"'], []),
    (['"+1"'], []),
    (['" 1"'], []),
    (['"1.0"'], []),
    (['"1000000000"'], []),
    (["1"], []),
    (['"1'], []),
    ([""], []),
    (['"*"'], []),
    (["nonsense"], []),
]
"""Lines of the header, and what they ask for."""


@pytest.mark.parametrize(("lines", "versions"), ASKED)
async def test_a_version_is_asked_for_by_its_strong_tag(
    throwaway: FastAPI, visitor: AsyncClient, lines: list[str], versions: list[int] | None
) -> None:
    @throwaway.get("/versions")
    async def read(versions: VersionsDep) -> list[int] | None:
        return None if versions is None else sorted(versions)

    answer = await visitor.get("/versions", headers=[("If-Match", line) for line in lines])

    assert answer.json() == versions
