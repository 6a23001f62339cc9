"""Access rules: who may call an operation, and whose rows it may touch for them.

A route depends on its rule, also where that is `PUBLIC`. One that depends on none would be open to
everyone: `tests/auth/test_access.py` finds it.
"""

from uuid import UUID

from fastapi import Request

from app.auth.authentication import CallerDep
from app.auth.caller import Caller
from app.errors import ForbiddenError

__all__ = ["AUTHENTICATED", "OWNER", "PUBLIC", "USER", "Caller", "Rule", "allow"]

AUTHENTICATED = "authenticated"
"""Everyone who has signed in."""
USER = "user"
"""The role that everyone has, beside any other."""
OWNER = "owner"
"""Everyone who has signed in, for their own rows alone."""


async def let_everyone_in() -> None:
    """Ask for nobody, and keep nobody out."""


PUBLIC = let_everyone_in
"""The rule that lets in everyone, signed in or not."""


class Rule:
    """A dependency that returns the caller, and raises where the caller may not go on."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._everyone = not words.isdisjoint({AUTHENTICATED, USER})

    async def __call__(self, request: Request, caller: CallerDep) -> Caller:
        """The caller, who is the request's principal. Raises `UnauthenticatedError` or `ForbiddenError`."""
        self.owner(caller)
        request.state.principal = caller.id
        return caller

    def owner(self, caller: Caller) -> UUID | None:
        """Whose rows the caller may touch: their own id, or None for everybody's.

        Raises `ForbiddenError` where it is nobody's.
        """
        if self._everyone or caller.role in self._words:
            return None
        if OWNER in self._words:
            return caller.id
        raise ForbiddenError

    def admits(self, caller: Caller) -> bool:
        """Whether the caller may go on, be it for their own rows alone."""
        return self._everyone or OWNER in self._words or caller.role in self._words

    def seen_by(self, caller: Caller) -> UUID | None:
        """Whose rows the caller knows of: `owner`, and where that is nobody's, their own."""
        return None if self._everyone or caller.role in self._words else caller.id


def allow(*words: str) -> Rule:
    """The rule that lets in whoever one of the words names: a role, or a word from above."""
    return Rule(frozenset(words))
