"""What a resource whose rows count their writes prints more than one whose rows don't."""

from __future__ import annotations

from dataclasses import dataclass

from generator.spec.model import Resource


@dataclass(frozen=True, slots=True)
class VersionsView:
    """The pieces of code that pass the versions of `If-Match` on, or nothing."""

    dependency: str = ""
    """In a route."""
    guard: str = ""
    """In its description."""
    response: str = ""
    """In a route that answers an ETag."""
    parameter: str = ""
    """In the service."""
    raises: tuple[str, ...] = (
        "Raises `NotFoundError`, and `ConflictError` where a constraint says no.",
    )
    """In its description."""
    argument: str = ""
    """In a call of the service."""
    keyword: str = ""
    """In a call of the repository."""
    stale: str = ""
    """What linking raises more, in its description."""
    stale_or: str = ""
    """The same of a row, in a description."""


VERSIONED = VersionsView(
    dependency=", versions: VersionsDep",
    guard=", and `If-Match` guards against overwriting",
    response=", response: Response",
    parameter=", versions: Versions = None",
    raises=(
        "Raises `NotFoundError`, `PreconditionFailedError` at none of the versions, and",
        "`ConflictError` where a constraint says no.",
    ),
    argument=", versions",
    keyword=", versions=versions",
    stale=", and `PreconditionFailedError`",
    stale_or=", stale",
)
UNVERSIONED = VersionsView()


def versions_view(resource: Resource) -> VersionsView:
    """The pieces for a resource, which is versioned or isn't."""
    return VERSIONED if resource.versioned else UNVERSIONED
