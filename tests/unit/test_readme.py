"""What README.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import cli

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, containing: str) -> str:
    """The fenced block of a language that contains a text."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    (found,) = [text for text in blocks if containing in text]
    return found


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page of the README, in a folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "service.yaml"
    path.write_text(block("yaml", "name: library"), encoding="utf-8")
    return path


def test_the_page_makes_the_project_that_is_shown(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", page.name]) == 0
    printed = capsys.readouterr().out.splitlines()
    shown = block("console", "scaffold new service.yaml | cat").splitlines()[1:]
    assert set(shown) - {"..."} <= set(printed)
    project = page.parent / "library"
    tree = README.split("\nlibrary/\n")[1].split("```")[0]
    layers = tree.split("resources/books/")[1].split("migrations/")[0]
    for name in re.findall(r"\w+\.py", layers):
        assert (project / "app/resources/books" / name).is_file(), name
    for path in re.findall(r"(?:docs|migrations|tests)/[\w/]+\.\w+", tree):
        assert (project / path).is_file(), path


def test_the_mistake_is_answered_as_shown(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text(encoding="utf-8").replace("isbn: string", "isbn: strnig")
    page.write_text(text, encoding="utf-8")
    assert cli.run(["new", page.name]) == 2
    shown = block("console", "strnig").split("\n", 1)[1]
    assert capsys.readouterr().err == shown


def test_the_commands_at_the_top_are_targets() -> None:
    targets = re.findall(
        r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    commands = re.findall(r"make ([a-z]+)", README)
    assert {"run", "test"} <= set(commands) <= {*targets, "dev", "seed"}
