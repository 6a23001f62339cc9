"""Callers of every role, and what is in their names."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from generated.projects import Project
from generated.server import PASSWORD, Server, admin, log_in, sign_up

ROLES = {
    "bookstore": ("user", "editor", "admin"),
    "helpdesk": ("user", "agent", "supervisor", "admin"),
}


def roles(project: Project) -> tuple[str | None, ...]:
    """Every role of a project, and None for those who have not signed in."""
    return (None, *ROLES[project.name])


@cache
def token_of(server: Server, role: str | None) -> str | None:
    """The access token of an account of a role, made once; None for nobody's."""
    if role is None:
        return None
    if role == "admin":
        return admin(server)
    return sign_up(server) if role == "user" else promoted(server, role)


def promoted(server: Server, role: str) -> str:
    """The access token of a new account that an admin has given a role."""
    email = f"{uuid4().hex}@example.com"
    with server.connect(token_of(server, "admin")) as client:
        body = {"email": email, "password": PASSWORD}
        made = client.post("/auth/sign-up", json=body).json()
        assert client.patch(f"/users/{made['id']}", json={"role": role}).status_code == 200
    return log_in(server, email)
