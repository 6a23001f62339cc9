"""Generated projects: whole, broken, and what their tests say of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bite.breakage import Breakage

REPOSITORY = Path(__file__).parents[2]
PYTEST = ("-m", "pytest", "-q", "-x", "--no-header", "--tb=no", "-p", "no:cacheprovider")
PLUGINS = ("-p", "pytest_asyncio.plugin")
"""The one that a project's tests need: those of this environment take as long as many a test."""
TIMEOUT = 300
"""Seconds until what hangs counts as caught."""


@dataclass(frozen=True, slots=True)
class Bite:
    """What the tests said of one breakage; `caught_by` is the first test that failed."""

    breakage: Breakage
    caught_by: str | None


def generate(name: str, folder: Path) -> Path:
    """A sample, through the command line."""
    spec, project = REPOSITORY / f"sample_specs/{name}.yaml", folder / name
    arguments = ["-m", "generator", "new", str(spec), str(project), "--no-git"]
    subprocess.run([sys.executable, *arguments], cwd=REPOSITORY, check=True, capture_output=True)
    return project


def broken(project: Path, breakage: Breakage) -> str | None:
    """The text of the file with the breakage in it, None where its place is not found."""
    text = (project / breakage.path).read_text("utf-8")
    return seeded(text, breakage)


def seeded(text: str, breakage: Breakage) -> str | None:
    """A text with the breakage in it, None where its place is not found."""
    changed, count = re.subn(breakage.found, breakage.instead, text, count=1, flags=re.DOTALL)
    return changed if count and changed != text else None


def bite(project: Path, breakage: Breakage) -> Bite:
    """Run the tests of a project over a breakage, in a copy: the likeliest first, then the rest."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "broken"
        shutil.copytree(project, copy)  # with what Python has compiled of all other files
        (copy / breakage.path).write_text(broken(project, breakage) or "", "utf-8")
        near, others = by_nearness(test_files(copy), breakage)
        return Bite(breakage, failure(copy, near) or failure(copy, others))


def test_files(project: Path) -> list[str]:
    """The files with tests, in order."""
    paths = (project / "tests").rglob("test_*.py")
    return sorted(path.relative_to(project).as_posix() for path in paths)


def by_nearness(files: Sequence[str], breakage: Breakage) -> tuple[list[str], list[str]]:
    """The files that should notice, and those that may: tests mirror the code."""
    module = Path(breakage.path)
    names = module.with_suffix("").parts
    words = breakage.near or (f"/test_{names[-1]}.", f"test_{names[-2]}.")
    near = [path for word in words for path in files if word in path]
    return list(dict.fromkeys(near)), [path for path in files if path not in near]


def failure(project: Path, files: Sequence[str]) -> str | None:
    """The first test in these files that fails, None where all pass."""
    if not files:
        return None
    command = [sys.executable, *PYTEST, *PLUGINS, *files]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return "the tests hang"
    if done.returncode == 0:
        return None
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return found[1] if found else "the service does not start"
