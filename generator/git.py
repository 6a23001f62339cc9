"""The first commit of a new project, and whether a merge is open, if git is there to say so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

MESSAGE = "Start from service.yaml"
NOBODY = ("-c", "user.name=scaffold", "-c", "user.email=scaffold@localhost")
QUIET = ("-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main", "-c", "core.hooksPath=")


def first_commit(folder: Path) -> bool:
    """Make a repository of a folder with one commit on `main`; whether that was done.

    Nothing happens where git is missing, or where a repository around the folder holds it
    already. Where the person has no identity yet, the commit is ours.
    """
    if _is_held(folder):
        return False
    if not (_git(folder, "init", "--quiet") and _git(folder, "add", "--all")):
        return False
    commit = ("commit", "--quiet", "--message", MESSAGE)
    return _git(folder, *commit) or _git(folder, *NOBODY, *commit)


def unmerged(folder: Path) -> tuple[str, ...]:
    """Return the files below a folder that a merge of git's has left to be settled."""
    if not any(
        (parent / ".git").exists() for parent in (folder.absolute(), *folder.absolute().parents)
    ):
        return ()
    listed = _asked(folder, "ls-files", "--unmerged", "-z")
    found = (entry.partition("\t")[2] for entry in listed.split("\0") if entry)
    return tuple(dict.fromkeys(found))


def _is_held(folder: Path) -> bool:
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    return inside and not _git(folder, "check-ignore", "--quiet", ".")


def _git(folder: Path, *words: str) -> bool:
    """Run one git command; whether it succeeded."""
    done = _run(folder, words)
    return done is not None and done.returncode == 0


def _asked(folder: Path, *words: str) -> str:
    """Run one git command and return what it printed; nothing where it failed."""
    done = _run(folder, words)
    return "" if done is None or done.returncode else done.stdout.decode("utf-8", "surrogateescape")


def _run(folder: Path, words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes] | None:
    """Run one git command, deaf to a repository around this process; None where git is missing."""
    git = shutil.which("git")
    if git is None:
        return None
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    return subprocess.run(  # noqa: S603 - fixed words, no shell
        [git, *QUIET, *words],
        cwd=folder,
        env={**environment, "GIT_TERMINAL_PROMPT": "0"},
        capture_output=True,
        check=False,
    )
