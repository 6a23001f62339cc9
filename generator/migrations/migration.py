"""What a change of the page does to the database, as a value: its revisions, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.errors import ScaffoldError
from generator.tree import Tree

if TYPE_CHECKING:  # it loads Alembic
    from generator.migrations.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The revisions to be written, and what their steps do; nothing where no table changes."""

    revisions: Tree = field(default_factory=Tree)
    """Path to text, still to be laid out."""
    steps: tuple[Step, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    """Where the revisions of another engine go, by where they are."""

    said: Callable[[], tuple[str, ...]] = tuple
    """Gives the statements of the upgrades; it takes its time."""

    @property
    def sql(self) -> tuple[str, ...]:
        """The statements of the upgrades, on the project's engine."""
        return self.said()

    @property
    def operations(self) -> tuple[str, ...]:
        """What it does, a sentence each."""
        return tuple(step.sentence for step in self.steps if step.sentence)

    @property
    def losses(self) -> tuple[str, ...]:
        """What data would be gone afterwards."""
        return tuple(step.loses for step in self.steps if step.loses)

    @property
    def risks(self) -> tuple[str, ...]:
        """Which rows would stop it."""
        return tuple(step.may_fail for step in self.steps if step.may_fail)


class DataLossError(ScaffoldError):
    """A change of the page that would lose data, and wasn't allowed to."""

    def __init__(self, losses: Iterable[str]) -> None:
        listed = "".join(f"\n  {loss}" for loss in losses)
        super().__init__(
            f"this would lose data, and nothing was written:{listed}\n"
            "where that is meant, run it with --allow-data-loss"
        )
