"""The route of whoever wants an account."""

from fastapi import status

from app.auth.dependencies import AddressDep
from app.auth.schemas import NewAccount
from app.auth.sign_up.service import SignUpServiceDep
from app.errors import problems
from app.routing import Router
from app.users.schemas import UserRead

router = Router(prefix="/auth", tags=["auth"])


@router.post(
    "/sign-up",
    status_code=status.HTTP_201_CREATED,
    responses=problems(400, 408, 409, 413, 415, 422, 429, 431, 500, 503),
)
async def sign_up(accounts: SignUpServiceDep, address: AddressDep, data: NewAccount) -> UserRead:
    """Make an account. What it may do is an admin's to say."""
    return UserRead.model_validate(await accounts.sign_up(data, address))
