"""Who may do what, read from the spec itself: what a service does is held against this."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generated.projects import Project
from ruamel.yaml import YAML

from security.operations import Operation

EVERYONE = frozenset({"public"})
SIGNED_IN = frozenset({"authenticated"})
ADMINS = frozenset({"admin"})
OURS = {
    "/health/live": EVERYONE,
    "/health/ready": EVERYONE,
    "auth/sign-up": EVERYONE,
    "auth/login": EVERYONE,
    "auth/refresh": EVERYONE,
    "auth/logout": EVERYONE,
    "auth/change-password": SIGNED_IN,
    "users/me": SIGNED_IN,
    "users": ADMINS,
    "users/{user_id}": ADMINS,
}
"""What no spec says: by the path behind the version of the API."""
VERBS = {"GET": "get", "POST": "create", "PATCH": "update", "PUT": "update", "DELETE": "delete"}
NARROWER = {"list": "read", "get": "read", "create": "write", "update": "write", "delete": "write"}

Words = frozenset[str]
"""Roles, `owner`, `authenticated`, `public`: whom a rule lets in."""


def resources(project: Project) -> Mapping[str, Any]:
    """The resources of the spec of a project, by name."""
    spec = YAML(typ="safe").load(Path(project.folder / "service.yaml"))
    found: Mapping[str, Any] = spec["resources"]
    return found


def rules(project: Project, operation: Operation) -> list[Words]:
    """The rules that all have to let a caller in."""
    path = operation.path.partition("/api/v1/")[2]
    if known := OURS.get(path or operation.path):
        return [known]
    first, *rest = path.split("/")
    spec = resources(project)
    left = spec[singular(first)]
    if len(rest) <= 1:
        return [
            words(
                left, "list" if operation.method == "GET" and not rest else VERBS[operation.method]
            )
        ]
    if operation.method != "GET":
        return [words(left, "update")]
    name = operation.answers or ""
    right = spec[snake(name.removesuffix("Page").removesuffix("Read"))]
    return [words(left, "get"), words(right, "list" if name.endswith("Page") else "get")]


def words(resource: Mapping[str, Any], verb: str) -> Words:
    """Whom a resource lets do something: the narrower word of its `access` wins."""
    access = resource.get("access", {})
    said = access.get(verb, access.get(NARROWER[verb]))
    if said is None:
        return frozenset({"owner", "admin"}) if "owned" in resource else SIGNED_IN
    return frozenset([said] if isinstance(said, str) else said)


def admits(rule: Words, role: str | None) -> bool:
    """Whether a rule lets in someone of a role, None for who has not signed in."""
    return "public" in rule or (role is not None and bool(rule & {role, "authenticated", "owner"}))


def singular(plural: str) -> str:
    """The resource of a path: `agent-profiles` is `agent_profile`."""
    return plural.removesuffix("s").replace("-", "_")


def snake(name: str) -> str:
    """The resource of a class: `AgentProfile` is `agent_profile`."""
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).lstrip("_")
