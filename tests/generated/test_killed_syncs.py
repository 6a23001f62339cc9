"""A sync that is killed at any instant: the next run finds the old project or the new one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import pipeline, project

PAGE = """\
scaffold: 1
service: {name: library}
features: {docker: false, ci: false, metrics: false}
resources:
  book:
    fields:
      title: string(1..200)
"""
MORE = "      pages: int?\n  shelf:\n    fields:\n      label: string(1..20)\n"
SEED = 20261126


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the memory of one machine, and the page, which a person has changed."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    own = {name: path for name, path in files.items() if path.is_file() and name != project.SPEC}
    local = (".scaffold/last/", ".scaffold/journal")
    return {name: path.read_bytes() for name, path in own.items() if not name.startswith(local)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose page has changed since its last sync."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "page.yaml").write_text(PAGE)
    pipeline.new(str(folder / "page.yaml"), folder / "library", with_git=False)
    (folder / "library/service.yaml").write_text(PAGE + MORE)
    return folder / "library"


def started(library: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "generator", "sync", str(library)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, stdout=quiet, stderr=quiet, env={**os.environ})


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(12, marks=pytest.mark.proof),
        pytest.param(200, marks=pytest.mark.thorough),
    ],
)
def test_a_killed_sync_leaves_the_old_project_or_the_new(
    kills: int, made: Path, tmp_path: Path
) -> None:
    old = contents(made)
    whole = Path(shutil.copytree(made, tmp_path / "whole"))
    begun = time.monotonic()
    assert started(whole).wait() == 0
    longest = time.monotonic() - begun
    new = contents(whole)
    chance = random.Random(SEED)
    for number in range(kills):
        library = Path(shutil.copytree(made, tmp_path / str(number)))
        process = started(library)
        time.sleep(chance.uniform(0.3, 1.1) * longest)
        process.send_signal(signal.SIGKILL)
        process.wait()
        project.open_project(library)
        assert contents(library) in (old, new), f"kill number {number}"
        assert pipeline.sync(library).status == 0
        assert contents(library) == new
        shutil.rmtree(library)
