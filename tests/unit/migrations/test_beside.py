"""A revision that a second process writes is the one that this process would write."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline
from generator.migrations import beside as module
from generator.migrations.beside import beside, here
from generator.tables import tables

PAGE = """\
scaffold: 1
service: {name: shop}
resources:
  thing: {fields: {title: string unique, price: "decimal(10, 2) >= 0"}}
"""
PIPE = 65_536
TABLES = tables(pipeline.read(PAGE))


def test_both_write_the_same() -> None:
    with beside() as revise:
        assert revise(TABLES, "postgresql")() == here(TABLES, "postgresql")()


def test_more_tables_than_a_pipe_holds() -> None:
    many = tuple(replace(TABLES[0], name=f"things{number}{'x' * 1000}") for number in range(80))
    assert len(pickle.dumps(many)) > PIPE
    with beside() as revise:
        assert revise(many, "sqlite")() == here(many, "sqlite")()


def _nothing() -> subprocess.Popen[bytes]:
    raise FileNotFoundError


def _failing() -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], stdin=pipe, stdout=pipe)


@pytest.mark.parametrize("started", [_nothing, _failing])
def test_without_a_second_process_this_one_does_its_work(
    monkeypatch: pytest.MonkeyPatch, started: Callable[[], subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(module, "_started", started)
    with beside() as revise:
        assert revise(TABLES, "sqlite")() == here(TABLES, "sqlite")()


def test_the_second_process_ends_with_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = module._started

    def remembered() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[0]

    monkeypatch.setattr(module, "_started", remembered)
    with pytest.raises(LookupError), beside():
        raise LookupError
    assert started[0].returncode is not None


def test_modules_of_the_folder_it_is_run_in_are_not_taken_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(3)")
    (tmp_path / "generator").mkdir()
    monkeypatch.chdir(tmp_path)
    with module._started() as process:
        text, _ = process.communicate(b"")
    assert (process.returncode, text) == (0, b"")
