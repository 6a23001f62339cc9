"""One thing that a migration does, and what is to be said of it before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import ScaffoldError
from generator.migrations.operations import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Operations that belong together, and those that take them back."""

    table: str
    """The table under its new name, or under its old one where it goes."""
    upgrade: tuple[Operation, ...]
    downgrade: tuple[Operation, ...]
    sentence: str = ""
    """What it does, for people (`add the column books.price`); empty where another implies it."""
    title: str = ""
    """What it does, for the name of a revision that has no sentence."""
    loses: str | None = None
    """What data is gone afterwards, for people."""
    may_fail: str | None = None
    """Which rows would stop it, for people."""
    note: str | None = None
    """What taking it back can't restore, for whoever reads the revision."""
    apart: str = ""
    """What it shares a revision with: steps in a row that say the same. Most say nothing."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A change that no migration can make: where, by the names of the new tables, and why."""

    table: str
    column: str
    message: str


class ImpossibleChangeError(ScaffoldError):
    """Some changes between two specs can't be made to a database with rows."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        self.obstacles = obstacles
        lines = (f"{one.table}.{one.column}: {one.message}" for one in obstacles)
        super().__init__("\n".join(lines))
