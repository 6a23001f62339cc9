"""Who owns a file once it is written: both of us, or the person alone."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

Policy = Literal["merge", "once"]
"""`merge`: carried along three ways; `once`: seeded, and the person's from then on."""

ONCE = ("service.yaml", ".env", "migrations/versions/*", "docs/adr/[0-9]*")
"""Patterns of the paths that are seeded once."""

UNRECORDED = ("service.yaml", "migrations/versions/*")
"""Patterns of the paths of which no pristine text is kept: the page is remembered in pieces, and
the history of the database stands in its revisions."""


def policy_of(path: str) -> Policy:
    """Return who owns the file of that path."""
    return "once" if _matches(path, ONCE) else "merge"


def is_recorded(path: str) -> bool:
    """Whether the pristine text of the file of that path is kept."""
    return not _matches(path, UNRECORDED)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
