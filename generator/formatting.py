"""The generated Python, formatted by ruff with the generated project's own settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from generator.errors import ExitStatus, ScaffoldError
from generator.tree import Tree

SETTINGS = "pyproject.toml"
STEPS = (
    ("check", "--fix", "--exit-zero", "--select", "I,F401"),
    ("format",),
)
"""Two processes for the whole tree: order the imports and drop the unused, then lay out."""
MEMORY = "/dev/shm"  # noqa: S108 - what is made in it has a name of its own, and is ours alone
ROOM = 64 * 2**20
"""Bytes, more than a tree of any size."""


class FormattingError(ScaffoldError):
    """Ruff refused the generated code: a template prints something that isn't Python."""

    def __init__(self, words: str) -> None:
        super().__init__(f"a template prints what is no Python: {words}", ExitStatus.FAULT)


def formatted(tree: Tree, settings: str | None = None) -> Tree:
    """Return the tree with its Python formatted, by its own settings where none are given.

    Raises FormattingError with ruff's own words.
    """
    python = tree.select(lambda path: path.endswith(".py"))
    if not python:
        return tree
    with tempfile.TemporaryDirectory(prefix="scaffold-", dir=_in_memory()) as folder:
        root = Path(folder)
        _write(python.with_files({SETTINGS: settings or tree.get(SETTINGS, "")}), root)
        for step in STEPS:
            _ruff(step, root)
        return tree.with_files({path: _read(root / path) for path in python})


def _in_memory() -> str | None:
    """Return Linux's folder in memory where there is room in it: on disk, files cost the most."""
    with suppress(OSError):
        if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
            return MEMORY
    return None


def _write(tree: Tree, root: Path) -> None:
    for folder in {(root / path).parent for path in tree}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in tree.items():
        (root / path).write_text(text, encoding="utf-8", newline="")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _ruff(step: tuple[str, ...], root: Path) -> None:
    """Run one ruff command on a folder, deaf to the machine's own configuration."""
    from ruff.__main__ import find_ruff_bin  # noqa: PLC0415 - found only when it is needed

    options = ("--config", SETTINGS, "--no-cache", "--no-respect-gitignore")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RUFF_")}
    done = subprocess.run(  # noqa: S603 - fixed words, no shell
        [find_ruff_bin(), *step, *options, "."],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FormattingError((done.stderr or done.stdout).strip())
