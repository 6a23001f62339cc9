"""Which tests go to one worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from generated.scheduling import together

TESTS = Path(__file__).parents[1]
MODULE = "tests/generated/test_service.py::test_it"
MARKED = """
import os, pathlib, pytest

@pytest.mark.parametrize("sample", ["bookstore-sqlite", "bookstore-mariadb"])
@pytest.mark.parametrize("number", range(8))
def test_it(sample, number):
    seen = pathlib.Path(sample)
    seen.mkdir(exist_ok=True)
    (seen / os.environ["PYTEST_XDIST_WORKER"]).touch()
"""
HOOK = """
from generated.scheduling import BySample

def pytest_xdist_make_scheduler(config, log):
    return BySample(config, log)
"""


@pytest.mark.parametrize(
    "parameters", ["bookstore-sqlite", "bookstore-sqlite-frozen", "4-bookstore-sqlite"]
)
def test_tests_of_one_sample_go_together(parameters: str) -> None:
    assert together(f"{MODULE}[{parameters}]") == "bookstore-sqlite"


@pytest.mark.parametrize("name", [MODULE, f"{MODULE}[bookstore-7]", f"{MODULE}[sqlite]"])
def test_any_other_goes_alone(name: str) -> None:
    assert together(name) == name


def test_the_workers_keep_to_it(tmp_path: Path) -> None:
    (tmp_path / "test_marked.py").write_text(MARKED, "utf-8")
    (tmp_path / "conftest.py").write_text(HOOK, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:asyncio"]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    workers = [list(seen.iterdir()) for seen in tmp_path.glob("bookstore-*")]
    assert [len(seen) for seen in workers] == [1, 1]
