"""The route of whoever wants another password for their account."""

from typing import Annotated

from fastapi import Depends, status

from app.auth.access import AUTHENTICATED, Caller, allow
from app.auth.dependencies import AddressDep
from app.auth.schemas import MAX_BODY_BYTES, PasswordChange
from app.auth.service import AccountServiceDep
from app.errors import problems
from app.routing import Router

CHANGE_PASSWORD = allow(AUTHENTICATED)

router = Router(
    prefix="/auth", tags=["auth"], responses=problems(400, 408, 413, 415, 422, 429, 431, 500, 503)
)


@router.post(
    "/change-password",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(401, 403),
    max_body_size=MAX_BODY_BYTES,
)
async def change_password(
    accounts: AccountServiceDep,
    caller: Annotated[Caller, Depends(CHANGE_PASSWORD)],
    address: AddressDep,
    data: PasswordChange,
) -> None:
    """Set another password, which ends every session of the account."""
    await accounts.change_password(caller.id, data, address)
