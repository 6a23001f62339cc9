"""What a sync, or a plan of one, has to say: every file that changes, and what is to be settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, TextIO

from generator.errors import printable
from generator.report import as_json, styled

if TYPE_CHECKING:
    from generator.merge import Change, Conflict
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
        conflicts=[asdict(conflict) for conflict in merged.conflicts],
        uses=[asdict(use) for use in merged.uses],
        settled=outcome.settled,
        next_steps=next_steps(outcome),
    )


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
    if places:
        return [f"settle {', '.join(places)}", "make test"]
    return ["make test"]


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
        yield f"  you {printable(conflict.ours)}"
        yield f"  service.yaml {printable(conflict.theirs)}"
    if outcome.merged.uses:
        yield ""
        yield "Lines of your own that say a name which service.yaml has renamed:"
        for use in outcome.merged.uses:
            yield f"  {printable(use.path)}:{use.line}  {use.old} is {use.new} now"
