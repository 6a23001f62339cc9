"""What the routes and services of accounts need to know of the application and of a request."""

from typing import Annotated

from fastapi import Depends, Request

from app.addresses import address_of
from app.settings import Settings


async def get_settings(request: Request) -> Settings:
    """The settings of the running application."""
    settings: Settings = request.app.state.settings
    return settings


async def get_address(request: Request) -> str:
    """Where a request comes from."""
    return address_of(request)


SettingsDep = Annotated[Settings, Depends(get_settings)]
AddressDep = Annotated[str, Depends(get_address)]
