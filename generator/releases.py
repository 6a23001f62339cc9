"""What each version of the tool changed in the projects that it generates."""

from __future__ import annotations

from collections.abc import Mapping

RELEASES: Mapping[str, tuple[str, ...]] = {
    "0.1.0": ("The first version.",),
}
"""Version to what a team sees of it in its project, a sentence each; the oldest first."""


def since(version: str) -> tuple[tuple[str, str], ...]:
    """Return the notes of the releases after a version, each with its number, the oldest first."""
    known = list(RELEASES)
    start = known.index(version) + 1 if version in known else 0
    return tuple((name, note) for name in known[start:] for note in RELEASES[name])


def precedes(version: str, other: str) -> bool:
    """Whether a version is older than another; numbers are compared, not their digits."""
    return _numbers(version) < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
