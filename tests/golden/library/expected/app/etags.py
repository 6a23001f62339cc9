"""Entity tags (RFC 9110, 8.8.3): the version of a row, so that nobody overwrites unseen changes."""

import re
from typing import Annotated, TypeAlias

from fastapi import Depends, Header, Response

from app.schemas import Versioned

TAG = re.compile(r'\s*"(\d{1,9})"\s*')

Versions: TypeAlias = frozenset[int] | None
"""The versions that a write expects; None: any."""


def tag(response: Response, item: Versioned) -> None:
    """Send the version of what is answered."""
    response.headers["ETag"] = f'"{item.version_}"'


async def if_match(
    if_match: Annotated[str | None, Header(max_length=1000, description="An ETag.")] = None,
) -> Versions:
    """What `If-Match` asks for. A tag that is none of ours matches nothing, as the RFC has it."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = (TAG.fullmatch(part) for part in if_match.split(","))
    return frozenset(int(match[1]) for match in found if match)


VersionsDep = Annotated[Versions, Depends(if_match)]
