"""Who owns a file once it is written: both of us, or the person alone."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

Policy = Literal["merge", "once"]
"""`merge`: carried along three ways; `once`: seeded, and the person's from then on."""

ONCE = ("service.yaml", ".env", "migrations/versions/*", "docs/adr/*")
"""Patterns of the paths that are seeded once."""


def policy_of(path: str) -> Policy:
    """Return who owns the file of that path."""
    return "once" if any(fnmatchcase(path, pattern) for pattern in ONCE) else "merge"
