"""Whether the process runs, and whether it can do its work."""

from typing import Literal

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


@router.get("/ready", responses=problems(500, 503))
async def ready(database: DatabaseDep) -> Health:
    """The service can do its work, its database included. Send it no traffic when this fails."""
    await database.ping()
    return Health()
