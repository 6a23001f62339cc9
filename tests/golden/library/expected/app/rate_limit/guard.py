"""What an operation passes before it: one more of its kind, by the same caller."""

from fastapi import Request

from app.errors import LimitsUnavailableError, TooManyRequestsError
from app.rate_limit.limiter import Limiter
from app.rate_limit.strict import STRICT


async def count_operation(request: Request) -> None:
    """Count the request.

    Raises `TooManyRequestsError`; and where requests can't be counted, `LimitsUnavailableError`
    for an operation that nobody may try as often as they like.
    """
    if not request.app.state.settings.rate_limits:
        return
    limiter: Limiter = request.app.state.limiter
    operation = request.scope["endpoint"].__name__
    standing = await limiter.count_operation(request.state.subject, operation)
    if standing is None:
        if operation in STRICT:
            raise LimitsUnavailableError
        return
    request.state.standings.append(standing)
    if not standing.is_admitted:
        raise TooManyRequestsError(standing.reset_seconds)
