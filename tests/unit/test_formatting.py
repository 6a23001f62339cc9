"""Formatting: ruff, with the project's settings and nothing of the machine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.formatting import FormattingError, formatted
from generator.tree import Tree

MESSY = "import sys, os\nimport app.b\nprint( os.name,app.b )\n"


def test_python_is_laid_out_and_imports_are_ordered() -> None:
    tree = formatted(Tree({"app/a.py": MESSY, "app/b.py": "", "README.md": "a  b\n"}))
    assert tree["app/a.py"] == "import os\n\nimport app.b\n\nprint(os.name, app.b)\n"
    assert tree["README.md"] == "a  b\n"


def test_the_projects_own_settings_hold() -> None:
    settings = "[tool.ruff]\nline-length = 20\n"
    tree = formatted(Tree({"a.py": "print('aaaaaaa', 'bbbbbbb')\n", "pyproject.toml": settings}))
    assert tree["a.py"].count("\n") > 1
    assert tree["pyproject.toml"] == settings


def test_the_machines_settings_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 20\n[format]\nquote-style = 'single'\n")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("RUFF_CONFIG", str(tmp_path / "ruff.toml"))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert formatted(Tree({"a.py": "x = 'aaaaaaaaaaaaaaa', 'bbbbbbbb'\n"})) == Tree(
        {"a.py": 'x = "aaaaaaaaaaaaaaa", "bbbbbbbb"\n'}
    )


def test_a_file_that_git_would_ignore_is_formatted_too() -> None:
    tree = formatted(Tree({".gitignore": "*.py\n", "build/a.py": "x  =  1\n"}))
    assert tree["build/a.py"] == "x = 1\n"


def test_what_is_no_python_is_named() -> None:
    with pytest.raises(FormattingError, match=r"app/wrong\.py"):
        formatted(Tree({"app/wrong.py": "def (:\n", "app/right.py": "x = 1\n"}))


def test_a_tree_without_python_is_left_alone() -> None:
    tree = Tree({"README.md": "# x\n"})
    assert formatted(tree) is tree


def test_formatting_twice_changes_nothing() -> None:
    once = formatted(Tree({"a.py": MESSY}))
    assert formatted(once) == once
