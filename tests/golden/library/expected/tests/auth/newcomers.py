"""How accounts are made. Whoever asks for an account gets one."""

from typing import Any, Protocol

import pytest
from httpx2 import AsyncClient, Response


class Join(Protocol):
    """Asks for an account."""

    async def __call__(self, body: dict[str, Any]) -> Response:
        """The answer to this body."""


@pytest.fixture
def join(client: AsyncClient) -> Join:
    """`await join(body)` is the answer to whoever asks for an account."""

    async def join(body: dict[str, Any]) -> Response:
        return await client.post("/auth/sign-up", json=body)

    return join
