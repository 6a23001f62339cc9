"""Who is calling, as the credentials of the request tell: no database is asked."""

from typing import Annotated

from fastapi import Depends

from app.auth.caller import Caller
from app.auth.jwt.bearer import BEARER, read_optional

CallerDep = Annotated[Caller, Depends(BEARER)]
OptionalCallerDep = Annotated[Caller | None, Depends(read_optional)]
