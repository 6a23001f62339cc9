"""Who is calling, as the credentials of the request tell: no account is asked for."""

from app.auth.credentials import Claimed, OptionallyClaimed

CallerDep = Claimed
OptionalCallerDep = OptionallyClaimed
