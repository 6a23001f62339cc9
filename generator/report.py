"""What a run has to say: for a person on a terminal, for a pipe, or as one JSON object."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from generator.errors import SpecError, printable

if TYPE_CHECKING:
    from generator.pipeline import Outcome
    from generator.spec.model import Engine

NO_PLACE: dict[str, Any] = {
    "file": None,
    "line": None,
    "column": None,
    "path": None,
    "suggestion": None,
}
SERVERS: dict[Engine, str] = {"postgresql": "PostgreSQL", "mariadb": "MariaDB"}
"""Engines that somebody has to start."""
_NEEDED = re.compile(r"\$\{(\w+):\?")
"""A variable of compose.yaml that has to be set."""
_BOLD, _RED, _GREEN = "1", "31", "32"


def as_json(**parts: Any) -> str:
    """Return the one object that `--json` prints, every key of it there."""
    answer: dict[str, Any] = {
        "ok": not parts.get("errors"),
        "errors": [],
        "files": [],
        "migration": None,
        "conflicts": [],
        "next_steps": [],
    }
    return json.dumps({**answer, **parts}, indent=2)


def outcome_json(outcome: Outcome) -> str:
    """Return an outcome as `--json` prints it."""
    changes = outcome.merged.changes
    return as_json(
        files=[{"path": change.path, "action": change.action} for change in changes],
        conflicts=[asdict(conflict) for conflict in outcome.merged.conflicts],
        next_steps=next_steps(outcome),
    )


def error_json(error: Exception, code: str, suggestion: str | None = None) -> str:
    """Return a failure of any kind as `--json` prints it."""
    if isinstance(error, SpecError):
        return as_json(errors=[problem.as_dict() for problem in error.problems])
    entry = {"code": code, "message": str(error), **NO_PLACE, "suggestion": suggestion}
    return as_json(errors=[entry])


def outcome_lines(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    """Give the lines of a report: a summary on a terminal, a line a file elsewhere."""
    changes = outcome.merged.changes
    if stream.isatty():
        verb = "Created" if outcome.written else "Would create"
        head = f"{verb} {outcome.spec.service.name} in {printable(str(outcome.target))}"
        yield styled(f"{head}: {len(changes)} files", _GREEN, stream)
        yield ""
        yield from _summary([change.path for change in changes])
    else:
        yield from (f"{change.action} {change.path}" for change in changes)
    yield ""
    if outcome.written:
        yield from _made(outcome)
        yield styled("Next:", _BOLD, stream)
        yield from (f"  {n}. {step}" for n, step in enumerate(next_steps(outcome), 1))
        yield from _needs(outcome)
    else:
        yield "Nothing was written (--dry-run)."


def _made(outcome: Outcome) -> Iterator[str]:
    """Give what a new project has besides the files that were listed."""
    yield "Besides, .scaffold/ is what later syncs compare with; it belongs in the repository."
    if outcome.committed:
        yield "All of it is the first commit of a new git repository."
    yield ""


def next_steps(outcome: Outcome) -> list[str]:
    """Return commands that work when they are pasted one after another."""
    if not outcome.written:
        return []
    inside = outcome.target.absolute() == Path.cwd()
    enter = [] if inside else [f"cd {shlex.quote(str(outcome.target))}"]
    return [*enter, *_database_steps(outcome), "make dev", "make test"]


def _database_steps(outcome: Outcome) -> Iterator[str]:
    """Give what starts the database server of the project's own stack, where there is one.

    Compose wants every variable that some service can't do without, even to start another.
    """
    stack = outcome.merged.tree.get("compose.yaml")
    if stack is not None and outcome.spec.database in SERVERS:
        needed = sorted(set(_NEEDED.findall(stack)))
        unused = [f"{name}=unused" for name in needed]
        yield " ".join([*unused, "docker compose up --detach --wait database"])


def _needs(outcome: Outcome) -> Iterator[str]:
    """Give a word on the server that `make dev` needs, where the database is one."""
    server = SERVERS.get(outcome.spec.database)
    if server is not None:
        yield ""
        yield f"{server} has to be running for `make dev`; DATABASE_URL says where it is."


def error_lines(error: Exception, stream: TextIO) -> Iterator[str]:
    """Give the lines that tell a person what is wrong."""
    if isinstance(error, SpecError):
        count = len(error.problems)
        yield f"{error}\n"
        yield f"{count} {'error' if count == 1 else 'errors'}; nothing was written."
    else:
        yield f"{styled('error:', _RED, stream)} {error}"


def styled(text: str, code: str, stream: TextIO) -> str:
    """Return text in a style, on a terminal that wants one (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return text if plain else f"\033[{code}m{text}\033[0m"


def put(lines: Iterator[str] | Sequence[str], stream: TextIO | None = None) -> None:
    """Print lines; a reader that has gone away is no fault."""
    text = "".join(f"{line}\n" for line in lines)
    out = stream or sys.stdout
    try:
        out.write(text.encode(out.encoding or "utf-8", "replace").decode(out.encoding or "utf-8"))
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _summary(paths: Sequence[str]) -> Iterator[str]:
    """Give a line for each entry of the project's own folder, with what it holds."""
    held = Counter(path.partition("/")[0] + ("/" if "/" in path else "") for path in paths)
    for entry in sorted(held, key=lambda name: (not name.endswith("/"), name)):
        count = f"{held[entry]} files" if held[entry] > 1 else "1 file"
        yield f"  {entry:<20}{count if entry.endswith('/') else ''}".rstrip()
