"""Where requests come from."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from fastapi import Request

IPV6_HOST_BITS = 64
"""One subscriber of IPv6 is given so many bits: all addresses in them count as one."""


def address_of(request: Request) -> str:
    """The address of the peer, or of whom a proxy that uvicorn trusts forwards for."""
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
