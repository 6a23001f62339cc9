"""The first commit of a new project, if git is there to make it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

MESSAGE = "Start from service.yaml"
NOBODY = ("-c", "user.name=scaffold", "-c", "user.email=scaffold@localhost")
QUIET = ("-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main", "-c", "core.hooksPath=")


def first_commit(folder: Path) -> None:
    """Make a repository of a folder with one commit on `main`.

    Nothing happens where git is missing, or where a repository around the folder holds it
    already. Where the person has no identity yet, the commit is ours.
    """
    if _is_held(folder):
        return
    if _git(folder, "init", "--quiet") and _git(folder, "add", "--all"):
        commit = ("commit", "--quiet", "--message", MESSAGE)
        if not _git(folder, *commit):
            _git(folder, *NOBODY, *commit)


def _is_held(folder: Path) -> bool:
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    return inside and not _git(folder, "check-ignore", "--quiet", ".")


def _git(folder: Path, *words: str) -> bool:
    """Run one git command, deaf to a repository around this process; whether it succeeded."""
    git = shutil.which("git")
    if git is None:
        return False
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(  # noqa: S603 - fixed words, no shell
        [git, *QUIET, *words],
        cwd=folder,
        env={**environment, "GIT_TERMINAL_PROMPT": "0"},
        capture_output=True,
        check=False,
    )
    return done.returncode == 0
