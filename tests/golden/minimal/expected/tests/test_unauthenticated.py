"""Who can't say who they are is told so, and how to."""

from fastapi import FastAPI
from httpx2 import AsyncClient

from app.challenges import CHALLENGES
from app.errors import UnauthenticatedError


async def test_the_answer_says_how_to_prove_it(throwaway: FastAPI, visitor: AsyncClient) -> None:
    @throwaway.get("/guarded")
    async def guarded() -> None:
        raise UnauthenticatedError

    answer = await visitor.get("/guarded")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == ", ".join(CHALLENGES)
    assert CHALLENGES
