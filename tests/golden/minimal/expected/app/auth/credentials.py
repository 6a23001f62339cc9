"""What a request may say who calls with: an access token."""

from typing import Annotated

from fastapi import Depends

from app.auth.caller import Caller
from app.auth.jwt.bearer import BEARER, read_optional

__all__ = ["Claimed", "OptionallyClaimed", "read_optional"]

Claimed = Annotated[Caller, Depends(BEARER)]
OptionallyClaimed = Annotated[Caller | None, Depends(read_optional)]
