"""Taking the last change of a project back."""

from __future__ import annotations

from pathlib import Path

from generator import installed, project
from generator.errors import ScaffoldError
from generator.journal import Record
from generator.migrations.lineage import Lineage, lineage


def undo(target: Path) -> Record:
    """Take back the last change that the tool made to a project, and return what it was.

    Raises ScaffoldError where there is none, where a file of it has been changed since, and where
    its revision is followed by another or has been applied to the project's database.
    """
    project.open_project(target)
    record = project.last_change(target)
    made = {step.path for step in record.steps if step.before is None}
    revisions = project.revisions(target)
    own = frozenset(lineage(revisions.select(lambda path: path in made)))
    if own:
        known = lineage(revisions)
        _refuse_followed(known, own)
        _refuse_applied(target, known, own)
    project.take_back(target, record)
    return record


def _refuse_followed(known: Lineage, own: frozenset[str]) -> None:
    later = [name for name, follows in known.items() if name not in own and own & set(follows)]
    if later:
        raise ScaffoldError(
            f"the migration {later[0]} follows the one that would go; nothing was written"
        )


def _refuse_applied(target: Path, known: Lineage, own: frozenset[str]) -> None:
    applied = own.intersection(installed.applied(target) or ())
    if applied:
        before = next((n for name in sorted(own) for n in known[name] if n not in own), "base")
        raise ScaffoldError(
            f"the database is at {min(applied)}, which would go; nothing was written. First run\n"
            f"  {installed.python_of(target)} -m alembic downgrade {before}"
        )
