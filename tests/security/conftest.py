"""The callers of the attacks: what they do harms no account, so one of each role is enough."""

from __future__ import annotations

import pytest
from generated.server import Server

from security.accounts import token_of


@pytest.fixture
def admin_token(server: Server) -> str | None:
    """The access token of an admin."""
    return token_of(server, "admin")


@pytest.fixture
def user_token(server: Server) -> str | None:
    """The access token of a user."""
    return token_of(server, "user")
