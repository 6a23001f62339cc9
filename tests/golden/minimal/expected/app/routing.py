"""Routers that cost next to nothing where a request is none of theirs."""

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope


class Router(APIRouter):
    """A router that looks through its routes for requests below its own prefix alone."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the routes serves the request, and what follows from its path."""
        return super().matches(scope) if self.prefix in scope["path"] else (Match.NONE, {})
