"""What a breakage is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakage:
    """One fault: a regular expression that is found in the file, and what stands there instead."""

    what: str
    path: str
    found: str
    instead: str
