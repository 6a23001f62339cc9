"""Entity tags (RFC 9110, 8.8.3): the version of a row, so that nobody overwrites unseen changes."""

import re
from typing import Annotated, TypeAlias

from fastapi import Depends, Header, Request, Response

from app.errors import PreconditionFailedError
from app.schemas import Versioned

TAG = re.compile(r'\s*"(0|[1-9][0-9]{0,8})"\s*')
"""As `tag` writes it. A weak one, `W/"1"`, is never strongly equal to it (RFC 9110, 8.8.3.2)."""

NO_TAG = 'If-Match names no version: it takes the ETag of an answer with its quotes, such as "3".'

Versions: TypeAlias = frozenset[int] | None
"""The versions that a write expects; None: any."""


def tag(response: Response, item: Versioned) -> None:
    """Send the version of what is answered."""
    response.headers["ETag"] = f'"{item.version_}"'


async def if_match(
    request: Request,
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            max_length=1000,
            description='The ETag of the answer that is to be changed, such as `"3"`.',
        ),
    ] = None,
) -> Versions:
    """What `If-Match` asks for, on however many lines (RFC 9110, 5.3 and 13.1.1).

    A tag that is none of ours matches nothing. Raises `PreconditionFailedError` where all are such.
    """
    tags = ",".join(request.headers.getlist("if-match"))
    if if_match is None or tags.strip() == "*":
        return None
    found = (TAG.fullmatch(part) for part in tags.split(","))
    versions = frozenset(int(match[1]) for match in found if match)
    if not versions:
        raise PreconditionFailedError(NO_TAG)
    return versions


VersionsDep = Annotated[Versions, Depends(if_match)]
