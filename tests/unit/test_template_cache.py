"""Compiled templates are kept for the next run, and nothing depends on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator import template_cache as module
from generator.template_cache import template_cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "user_cache_path", lambda _name: tmp_path)
    return tmp_path / "templates"


def printed(source: str) -> str:
    environment = Environment(loader=DictLoader({"a": source}), bytecode_cache=template_cache())
    return environment.get_template("a").render()


def test_a_template_is_compiled_once(folder: Path) -> None:
    assert printed("{{ 1 + 1 }}") == "2"
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert kept
    assert printed("{{ 1 + 1 }}") == "2"
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == kept


def test_a_changed_template_is_compiled_again() -> None:
    assert [printed("{{ 1 + 1 }}"), printed("{{ 1 + 2 }}")] == ["2", "3"]


def test_what_is_damaged_is_made_again(folder: Path) -> None:
    printed("{{ 1 + 1 }}")
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:30])
    assert printed("{{ 1 + 1 }}") == "2"


def test_a_full_disk_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jinja2.FileSystemBytecodeCache.dump_bytecode", full)
    assert printed("{{ 1 + 1 }}") == "2"


def test_a_folder_that_can_not_be_made_is_no_fault(folder: Path) -> None:
    folder.write_text("a file is in the way")
    assert template_cache() is None


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_a_folder_that_others_write_to_is_not_trusted(folder: Path, mode: int) -> None:
    folder.mkdir()
    folder.chmod(mode)
    assert template_cache() is None
