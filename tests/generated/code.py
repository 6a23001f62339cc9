"""What the code of any number of projects has to be, whatever their specs."""

from __future__ import annotations

from pathlib import Path

from generated.projects import run

IMPORT = """\
import warnings
warnings.simplefilter("error")
from app.main import create_app
from sqlalchemy.orm import configure_mappers
document = create_app().openapi()
configure_mappers()
ids = [one["operationId"] for path in document["paths"].values() for one in path.values()]
assert len(ids) == len(set(ids)), ids
"""
"""A program that imports all of a project with no warning, and sees that no two operations have one
name.
"""


def passes_ruff(folder: Path) -> None:
    """Every project below the folder is clean by its own settings, and compiles."""
    for words in (["check", "--output-format", "concise"], ["format", "--check"]):
        done = run(["-m", "ruff", *words, "--no-cache", "--no-respect-gitignore", "."], folder, {})
        assert done.returncode == 0, done.stdout + done.stderr
    for path in folder.rglob("*.py"):
        compile(path.read_bytes(), str(path), "exec")
