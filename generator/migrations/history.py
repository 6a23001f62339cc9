"""How two histories of a database become one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generator.migrations.following import ID_DIGITS
from generator.migrations.revision import Revision, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A revision that joins several heads, and does nothing else: its id, and its path and text."""

    id: str
    file: tuple[str, str]


def joined(heads: tuple[str, ...]) -> Join:
    """Return the revision that joins several heads, the same whatever their order."""
    down = tuple(sorted(heads))
    digest = hashlib.sha256(repr(down).encode()).hexdigest()[:ID_DIGITS]
    names = " and ".join(down)
    merged = Revision(id=digest, down=down, message=f"Join {names}", upgrade=(), downgrade=())
    return Join(id=digest, file=(merged.path, text(merged, "sqlite")))
