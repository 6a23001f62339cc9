"""Any valid spec becomes a project that works; any mistake in one is told, and writes nothing."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from generated.code import IMPORT, passes_ruff
from generated.databases import empty_database
from generated.migrations import go_both_ways
from generated.projects import Project
from strategies import Written

from fuzz.drawing import PARTS, drawn
from fuzz.mistakes import MISTAKES, WRONG
from generator import cli, pipeline
from generator.errors import ExitStatus
from generator.project import write

CANARY = "zz_canary"
"""A word of the texts that are drawn; as a name in code or a key of a file, it has escaped."""
LITERAL = {".md", ".mako", ".yaml", ".yml"}
"""Files in which a text may go over lines: what stands at the start of one says nothing."""
TYPED, MIGRATED = 12, 5
"""Every so manieth of a part is checked by mypy, and is migrated on its engine."""

pytestmark = pytest.mark.proof
each_part = pytest.mark.parametrize("part", PARTS)


@each_part
def test_a_valid_spec_becomes_a_project(part: int, tmp_path: Path) -> None:
    projects = [made(one, tmp_path / f"drawn-{n}") for n, one in enumerate(drawn(part))]
    passes_ruff(tmp_path)
    for project in projects:
        assert escaped(project) == []
        project.must("-W", "error", "-c", IMPORT)
    for project in projects[::TYPED]:
        project.must("-m", "mypy", "--cache-dir", str(tmp_path / "mypy"))
    for project in projects[::MIGRATED]:
        with empty_database(project.engine, tmp_path) as url:
            go_both_ways(project, url)


def made(written: Written, folder: Path) -> Project:
    """The project of a spec; a failure shows the spec."""
    text = written.text()
    try:
        spec = pipeline.read(text)
        write(pipeline.generate(spec, text), folder)
    except Exception as error:
        raise AssertionError(text) from error
    return Project(folder.name, spec.database, folder)


def escaped(project: Project) -> list[str]:
    """The files in which a text of the spec is more than a literal or a comment."""
    return [path for path, text in project.texts() if is_more(Path(path), text)]


def is_more(path: Path, text: str) -> bool:
    """Whether the word is a name of Python, or begins a line where no text goes over lines."""
    if path.suffix == ".py":
        return CANARY in names(ast.parse(text))
    begun = any(line.lstrip().startswith(CANARY) for line in text.splitlines())
    return begun and path.suffix not in LITERAL


def names(tree: ast.Module) -> set[str]:
    """Every name that Python code reads, calls, imports or sets."""
    keys = ("id", "attr", "name", "arg", "asname", "module")
    values = (getattr(node, key, None) for node in ast.walk(tree) for key in keys)
    return {value for value in values if isinstance(value, str)}


@each_part
def test_a_mistake_is_one_located_error(
    part: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = [*MISTAKES.items()]
    for number, written in enumerate(drawn(part)):
        what, (code, put) = kinds[(part * 7 + number) % len(kinds)]
        text = put(written, number).text()
        (error,) = refused(text, tmp_path, capsys)
        (line,) = [n for n, one in enumerate(text.split("\n"), 1) if WRONG in one]
        assert (error["code"], error["line"]) == (code, line), (what, error, text)


def refused(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The errors of a spec, of which nothing is made."""
    page, target = folder / "given.yaml", folder / "made"
    page.write_text(text, encoding="utf-8")
    status = cli.run(["new", str(page), str(target), "--no-git", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert status == ExitStatus.BAD_INPUT, text
    assert [path.name for path in folder.iterdir()] == [page.name]
    errors: list[dict[str, object]] = answer["errors"]
    return errors
