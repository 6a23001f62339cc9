"""Whether the process runs, and whether it can do its work."""

from collections.abc import Awaitable, Callable
from typing import Literal

from fastapi import Request
from pydantic import BaseModel

from app.database import DatabaseDep
from app.errors import problems
from app.routing import Router

router = Router(prefix="/health", tags=["health"])


class Health(BaseModel):
    """The answer of a service that is well; one that isn't answers with a problem."""

    status: Literal["ok"] = "ok"


@router.get("/live", responses=problems(500))
async def live() -> Health:
    """The process answers. Restart it when this fails."""
    return Health()


NEEDS: list[Callable[[Request], Awaitable[None]]] = []
"""What the service can't do without beside its database: each raises where that is away."""


@router.get("/ready", responses=problems(500, 503))
async def ready(request: Request, database: DatabaseDep) -> Health:
    """The service can do its work, its database included. Send it no traffic when this fails."""
    await database.ping()
    for need in NEEDS:
        await need(request)
    return Health()
