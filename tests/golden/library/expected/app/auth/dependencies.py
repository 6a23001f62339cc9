"""What the routes and services of accounts need to know of the application and of a request."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Annotated

from fastapi import Depends, Request

from app.settings import Settings

IPV6_HOST_BITS = 64
"""One subscriber of IPv6 is given so many bits: all addresses in them count as one."""


async def get_settings(request: Request) -> Settings:
    """The settings of the running application."""
    settings: Settings = request.app.state.settings
    return settings


async def get_address(request: Request) -> str:
    """Where a request comes from: the peer, or whom a proxy that uvicorn trusts forwards for."""
    return network(request.client.host) if request.client else "unknown"


def network(host: str) -> str:
    """The address, or of an IPv6 address the network that one subscriber has."""
    try:
        address: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> IPV6_HOST_BITS << IPV6_HOST_BITS))


SettingsDep = Annotated[Settings, Depends(get_settings)]
AddressDep = Annotated[str, Depends(get_address)]
