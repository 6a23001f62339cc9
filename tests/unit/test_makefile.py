"""The Makefile of a generated project: what it runs, when it installs, wherever it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator import pipeline
from generator.project import write

PAGE = "scaffold: 1\nservice: {name: shop}\nresources: {thing: {fields: {name: string}}}\n"
PYTHON = '#!/bin/sh\necho "$*" >> "{log}"\ncase "$*" in *requirements.py*) echo fastapi;; esac\n'

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in a folder whose path needs quotes."""
    folder = tmp_path_factory.mktemp("it's a folder") / "shop & co"
    write(pipeline.generate(pipeline.read(PAGE), PAGE), folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it whose Python writes down what it is asked to run."""
    folder = tmp_path / "it's a folder" / "shop & co"
    shutil.copytree(made, folder)
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON.format(log=folder / "log"), encoding="utf-8")
    python.chmod(0o755)
    return folder


def run(folder: Path, *words: str) -> list[str]:
    """Run make without uv; the commands that Python was given since the last run."""
    log = folder / "log"
    log.unlink(missing_ok=True)
    subprocess.run(
        ["make", "UV=", *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    return log.read_text().splitlines() if log.exists() else []


def installs(commands: list[str]) -> int:
    return sum("pip install" in command for command in commands)


def test_dev_installs_migrates_and_serves(folder: Path) -> None:
    commands = [" ".join(command.split()[:4]) for command in run(folder, "dev")]
    assert commands == [
        "scripts/requirements.py --dev",
        "-m pip install --quiet",
        "-m alembic --quiet upgrade",
        "-m app serve --reload",
    ]


def test_it_installs_once_and_again_when_requirements_change(folder: Path) -> None:
    assert installs(run(folder, "test")) == 1
    assert installs(run(folder, "test")) == 0
    stamp = (folder / ".venv/installed-shop.txt").stat().st_mtime
    os.utime(folder / "pyproject.toml", (stamp + 1, stamp + 1))
    assert installs(run(folder, "test")) == 1


def test_an_installation_that_failed_is_tried_again(folder: Path) -> None:
    python = folder / ".venv/bin/python"
    text = python.read_text()
    python.write_text(text + 'case "$*" in *pip*) exit 1;; esac\n')
    with pytest.raises(subprocess.CalledProcessError):
        run(folder, "test")
    python.write_text(text)
    assert installs(run(folder, "test")) == 1


def test_an_environment_may_be_shared(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / ".venv", tmp_path / "shared")
    shared = f"VENV={tmp_path / 'shared'}"
    assert installs(run(folder, shared, "test")) == 1
    assert installs(run(folder, shared, "lint")) == 0
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["test", "ARGS=-k books"], "-m pytest -n auto -k books"),
        (["migration", "m=add a note"], "-m alembic revision --autogenerate -m add a note"),
        (["openapi", "ARGS=--breaks before.json"], "-m app openapi --breaks before.json"),
        (["run"], "-m app serve"),
        (["lint"], "-m mypy"),
        (["lint"], "-m ruff check ."),
        (["lint"], "-m ruff format --check ."),
        (["format"], "-m ruff format ."),
    ],
)
def test_a_target_runs_what_it_says(folder: Path, words: list[str], wanted: str) -> None:
    assert wanted in "\n".join(run(folder, *words))


def test_the_help_lists_every_target(folder: Path) -> None:
    done = subprocess.run(["make"], cwd=folder, capture_output=True, text=True, check=True)
    listed = {line.split()[0] for line in done.stdout.splitlines()}
    assert listed >= {"dev", "run", "test", "lint", "format", "migration", "migrate", "up", "down"}
