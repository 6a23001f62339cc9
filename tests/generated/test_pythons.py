"""The tool and what it makes, on each Python that both are said to run on, from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generated.projects import REPOSITORY, SAMPLES, contents, environment, generate

REQUIRED_VARIABLE = "SCAFFOLD_REQUIRE_PYTHONS"
"""The versions that have to be there, as `3.12,3.13`: without one, a test fails."""
RUNNING = "{}.{}".format(*sys.version_info)
OTHERS = [version for version in ("3.11", "3.12", "3.13") if version != RUNNING]
"""The one that runs this does all other tests."""
NAME = "bookstore"


def interpreter(version: str) -> str:
    """The path of a Python of a version; pyenv is told which of its own is meant."""
    words = [f"python{version}", "-c", "import sys; print(sys.executable)"]
    found = run(words, Path.cwd(), PYENV_VERSION=version) if shutil.which(words[0]) else None
    if found and found.returncode == 0:
        return found.stdout.strip()
    if version in os.environ.get(REQUIRED_VARIABLE, "").split(","):
        pytest.fail(f"no Python {version} is here")
    pytest.skip(f"no Python {version} is here")


def must(words: list[str], folder: Path) -> str:
    """Run a command; its output, or a failure that shows it."""
    done = run(words, folder)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def run(words: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, whatever comes of it."""
    shell = environment(**variables)
    return subprocess.run(
        words, cwd=folder, env=shell, capture_output=True, text=True, timeout=1800, check=False
    )


@pytest.mark.proof
@pytest.mark.parametrize("version", OTHERS)
def test_a_project_is_made_the_same_and_passes(version: str, tmp_path: Path) -> None:
    python, tool = interpreter(version), tmp_path / "tool"
    must([python, "-m", "venv", str(tool)], tmp_path)
    must([str(tool / "bin/python"), "-m", "pip", "install", "-q", str(REPOSITORY)], tmp_path)
    made = tmp_path / NAME
    words = ["new", str(SAMPLES / f"{NAME}.yaml"), str(made), "--no-git"]
    must([str(tool / "bin/scaffold"), *words], tmp_path)
    here = generate(NAME, "sqlite", tmp_path / "here")
    assert contents(made) == contents(here.folder)

    said = must(["make", "lint", "test", f"PYTHON={python}"], made)
    assert " passed in " in said.splitlines()[-1]
