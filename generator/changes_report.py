"""What a sync, or a plan of one, has to say: every file that changes, and what is to be settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, TextIO

from generator.errors import printable
from generator.releases import since
from generator.report import as_json, styled
from generator.state import FOLDER

if TYPE_CHECKING:
    from generator.drift import Findings
    from generator.journal import Record
    from generator.merge import Change, Conflict
    from generator.migrations.migration import Migration
    from generator.pipeline import Outcome

COLOURS = {
    "create": "32",
    "update": "36",
    "merge": "36",
    "delete": "33",
    "keep": "33",
    "conflict": "31",
}
"""The colour of each action on a terminal, as ECMA-48 numbers them."""
WIDTH = 10


def changes_json(outcome: Outcome) -> str:
    """Return an outcome as `--json` prints it."""
    merged = outcome.merged
    return as_json(
        ok=not merged.conflicts,
        files=[_entry(change) for change in merged.changes],
        migration=_migration(outcome.migration),
        conflicts=[asdict(conflict) for conflict in merged.conflicts],
        clients=[asdict(notice) for notice in outcome.notices],
        uses=[asdict(use) for use in merged.uses],
        settled=outcome.settled,
        next_steps=next_steps(outcome),
    )


def sql_lines(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    """Give the SQL of the migration."""
    for statement in outcome.migration.sql:
        yield ""
        yield styled(f"{statement};", "36", stream)


def changes_lines(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    """Give the lines of a report: on a terminal a table in colour, else a plain line a file."""
    if outcome.settled:
        yield f"{outcome.settled[0].upper()}{outcome.settled[1:]}."
    told = [change for change in outcome.merged.changes if change.action != "unchanged"]
    if not told:
        yield "Nothing to do: the project is what service.yaml says."
        return
    yield from (_line(change, stream) for change in told)
    yield from _to_settle(outcome, stream)
    yield from _of_database(outcome.migration, stream)
    yield from _of_clients(outcome, stream)
    steps = next_steps(outcome)
    if steps:
        yield ""
        yield styled("Next:", "1", stream)
        yield from (f"  {n}. {step}" for n, step in enumerate(steps, 1))
    elif not outcome.written:
        yield ""
        yield "Nothing was written."


def diff_lines(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    """Give the unified diff from what is on disk to what would be."""
    for change in outcome.merged.changes:
        before = outcome.before.get(change.moved_from or change.path, "")
        after = outcome.merged.tree.get(change.path, "")
        names = (f"a/{change.moved_from or change.path}", f"b/{change.path}")
        for line in unified_diff(before.splitlines(), after.splitlines(), *names, lineterm=""):
            yield styled(printable(line), DIFF.get(line[:1], "0"), stream)


DIFF = {"+": "32", "-": "31", "@": "36"}
"""The colours of a diff's lines, by how they start."""


def next_steps(outcome: Outcome) -> list[str]:
    """Return what to do now: commands that work when they are pasted, or files to open."""
    if not outcome.written:
        return []
    places = [place(conflict) for conflict in outcome.merged.conflicts]
    settle = [f"settle {', '.join(places)}"] if places else []
    migrate = ["make migrate"] if outcome.migration.revisions else []
    return [*settle, *migrate, "make test"]


def undone_lines(record: Record) -> Iterator[str]:
    """Give the lines that say what was taken back."""
    yield f"Took back `{record.about}`: {len(_own(record))} files are as they were before."
    if not record.about.startswith("add-resource"):
        yield "service.yaml is as you left it; `scaffold sync` would do the same again."


def undone_json(record: Record) -> str:
    """Return what was taken back as `--json` prints it."""
    return as_json(files=[{"path": path, "action": "update"} for path in _own(record)])


def drift_lines(found: Findings, stream: TextIO) -> Iterator[str]:
    """Give the lines that say what has drifted, and what to run."""
    for drift in found.drifts:
        yield f"{styled('drift:', COLOURS['conflict'], stream)} {printable(drift.what)}"
        yield f"  {printable(drift.remedy)}"
    yield from (f"not looked at: {printable(reason)}" for reason in found.unchecked)
    if not found.drifts:
        yield "Nothing has drifted."


def drift_json(found: Findings) -> str:
    """Return what has drifted as `--json` prints it."""
    return as_json(
        ok=not found.drifts,
        drifts=[asdict(drift) for drift in found.drifts],
        unchecked=list(found.unchecked),
        next_steps=[drift.remedy for drift in found.drifts],
    )


def release_lines(version: str, stream: TextIO) -> Iterator[str]:
    """Give what the releases since a version have changed in projects."""
    notes = since(version)
    if notes:
        yield styled(f"Since scaffold {version}:", "1", stream)
        yield from (f"  {name}  {note}" for name, note in notes)
        yield ""


def _own(record: Record) -> list[str]:
    """The files of a change that a person looks at."""
    return [step.path for step in record.steps if not step.path.startswith(f"{FOLDER}/")]


def _migration(found: Migration) -> dict[str, Any] | None:
    if not found.revisions:
        return None
    return {
        "revision": list(found.revisions),
        "operations": list(found.operations),
        "sql": list(found.sql),
        "loses_data": list(found.losses),
        "may_fail": list(found.risks),
    }


def _of_database(found: Migration, stream: TextIO) -> Iterator[str]:
    told = (
        ("The migration will:", found.operations),
        ("It would lose data (--allow-data-loss lets it):", found.losses),
        ("It stops, and changes nothing, where there are rows like these:", found.risks),
    )
    for head, lines in told:
        if lines:
            yield ""
            yield styled(head, "1", stream)
            yield from (f"  {printable(line)}" for line in lines)


def _of_clients(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    if outcome.notices and not outcome.written:
        yield ""
        yield styled("Clients of the API would notice:", "1", stream)
        for notice in outcome.notices:
            yield f"  {'breaks: ' if notice.breaks else ''}{printable(notice.text)}"


def place(conflict: Conflict) -> str:
    """Where a conflict is, as editors open it."""
    return conflict.path if conflict.line is None else f"{conflict.path}:{conflict.line}"


def _entry(change: Change) -> dict[str, Any]:
    said = {"path": change.path, "action": change.action}
    more = {"note": change.note, "moved_from": change.moved_from}
    return {**said, **{key: value for key, value in more.items() if value}}


def _line(change: Change, stream: TextIO) -> str:
    moved = f"  (was {change.moved_from})" if change.moved_from else ""
    note = f"  ({change.note})" if change.note else ""
    if not stream.isatty():
        return f"{change.action} {printable(change.path)}{moved}{note}"
    action = styled(f"{change.action:<{WIDTH}}", COLOURS[change.action], stream)
    return f"  {action}{printable(change.path)}{moved}{note}"


def _to_settle(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    for conflict in outcome.merged.conflicts:
        yield ""
        yield styled(f"conflict in {printable(place(conflict))}", COLOURS["conflict"], stream)
        yield f"  {printable(conflict.ours)}"
        yield f"  {printable(conflict.theirs)}"
    if outcome.merged.uses:
        yield ""
        yield "Lines of your own that say a name which service.yaml has renamed:"
        for use in outcome.merged.uses:
            yield f"  {printable(use.path)}:{use.line}  {use.old} is {use.new} now"
