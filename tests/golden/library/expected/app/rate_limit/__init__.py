"""How often everyone may ask: in all, and for each operation."""

from fastapi import Depends, FastAPI

from app.errors import problems
from app.rate_limit.guard import count_operation
from app.rate_limit.limiter import open_limits
from app.rate_limit.middleware import LimitMiddleware

__all__ = ["install", "open_limits"]


def install(app: FastAPI) -> None:
    """Count every request, and each once more for its operation, of all routes that are added now."""
    app.add_middleware(LimitMiddleware)
    app.router.dependencies.append(Depends(count_operation))
    app.router.responses.update(problems(429, 503))
