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
    (['W/"1", "2"'], [2]),
]
"""Lines of the header, and what they ask for."""
NO_TAGS = (
    'W/"1"',
    'w/"1"',
    '"01"',
    '"+1"',
    '" 1"',
    '"1.0"',
    '"1000000000"',
    "1",
    '"1',
    "",
    '"*"',
    "nonsense",
)
"""Headers that name no version that a row could have."""


@pytest.mark.parametrize(("lines", "versions"), ASKED)
async def test_a_version_is_asked_for_by_its_strong_tag(
    throwaway: FastAPI, visitor: AsyncClient, lines: list[str], versions: list[int] | None
) -> None:
    @throwaway.get("/versions")
    async def read(versions: VersionsDep) -> list[int] | None:
        return None if versions is None else sorted(versions)

    answer = await visitor.get("/versions", headers=[("If-Match", line) for line in lines])

    assert answer.json() == versions


@pytest.mark.parametrize("line", NO_TAGS)
async def test_what_is_no_tag_of_ours_is_told_what_one_looks_like(
    throwaway: FastAPI, visitor: AsyncClient, line: str
) -> None:
    @throwaway.get("/versions")
    async def read(versions: VersionsDep) -> None:
        raise AssertionError(versions)

    answer = await visitor.get("/versions", headers={"If-Match": line})

    assert answer.status_code == 412
    assert 'such as "3"' in answer.json()["detail"]
