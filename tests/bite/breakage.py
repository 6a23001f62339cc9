"""What a breakage is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Breakage:
    """One fault: a regular expression that is found in the file, and what stands there instead.

    `near` are words in the names of test files that should notice, beside those of the file itself:
    they run first, and nothing else hangs on them.
    """

    what: str
    path: str
    found: str
    instead: str = ""
    near: tuple[str, ...] = ()


Groups: TypeAlias = Mapping[str, tuple[Breakage, ...]]
"""Breakages by what they are about."""


def route(path: str, method: str, url: str, what: str, *near: str) -> Breakage:
    """A route that is not mounted: its whole function is gone."""
    found = rf'@router\.{method}\(\s*"{url}".*?(?=\n@router|\Z)'
    return Breakage(what, path, found, near=near)
