"""What becomes of whoever wants an account."""

from typing import Annotated

from fastapi import Depends

from app.auth.dependencies import SettingsDep
from app.auth.models import Role
from app.auth.schemas import NewAccount
from app.auth.service import AccountService, AccountServiceDep
from app.auth.throttle import Limit, Throttle, ThrottleDep
from app.database import Row


class SignUpService:
    """Accounts for whoever asks, so many for each address."""

    def __init__(self, accounts: AccountService, throttle: Throttle, most: int) -> None:
        self._accounts = accounts
        self._throttle = throttle
        self._most = most

    async def sign_up(self, data: NewAccount, address: str) -> Row:
        """A new account of the least role.

        Raises `ConflictError` where the email has one: that much a sign-up has to tell, and how
        often an address may ask is limited.
        """
        await self._throttle.count(Limit(f"sign-up {address}", self._most))
        return await self._accounts.create(data, Role.USER)


async def sign_up_service(
    accounts: AccountServiceDep, throttle: ThrottleDep, settings: SettingsDep
) -> SignUpService:
    """The service on the database of the running application."""
    return SignUpService(accounts, throttle, settings.sign_ups_per_address)


SignUpServiceDep = Annotated[SignUpService, Depends(sign_up_service)]
