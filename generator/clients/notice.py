"""One thing that a client of the API would notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """`breaks` is whether a request that was right is refused, or an answer lacks what it had."""

    breaks: bool
    text: str
