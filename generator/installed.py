"""The project as it is installed on this machine: its own Python, asked what only it can tell."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

_CURRENT = re.compile(r"^(\w+)(?: \((?:head|mergepoint|branchpoint)[^)]*\))*$", re.MULTILINE)
SECONDS = 60


def python_of(target: Path) -> Path | None:
    """Return the Python that a project's Makefile has made, if it has."""
    named = os.environ.get("VENV", ".venv")
    python = target / named / "bin/python"
    return python if python.is_file() else None


def applied(target: Path) -> tuple[str, ...] | None:
    """Return the revisions at which the project's configured database stands.

    None where nobody can tell: nothing is installed, or the database doesn't answer.
    """
    done = _alembic(target, ("current",), {})
    if done is None or done.returncode:
        return None
    return tuple(_CURRENT.findall(done.stdout))


def disagreement(target: Path, url: str | None) -> str | None:
    """Return in what models and migrations differ, on a scratch database; None if in nothing.

    `url` is that of an empty database of the project's engine, None for a file of SQLite. Raises
    LookupError where the project isn't installed.
    """
    with tempfile.TemporaryDirectory(prefix="scaffold-") as folder:
        environment = {"DATABASE_URL": url or f"sqlite+aiosqlite:///{folder}/scratch.db"}
        for words in (("upgrade", "head"), ("check",)):
            done = _alembic(target, words, environment)
            if done is None:
                raise LookupError(target)
            if done.returncode:
                return _last_line(done)
    return None


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
    return lines[-1] if lines else f"alembic ended with status {done.returncode}"


def _alembic(
    target: Path, words: tuple[str, ...], environment: dict[str, str]
) -> subprocess.CompletedProcess[str] | None:
    python = python_of(target)
    if python is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - the project's own Python, fixed words
            [python.absolute(), "-m", "alembic", *words],
            cwd=target,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
