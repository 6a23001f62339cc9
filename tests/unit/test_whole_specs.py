"""Whole specs through the whole pipeline: what the loader accepts becomes a project that works.

Hypothesis draws specs of odd names and nasty texts; `awkward` has one of each name that a generated
project has another use for. Ruff reads all projects of a test in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from awkward import pages
from generated.code import IMPORT, passes_ruff
from generated.databases import empty_database
from generated.migrations import go_both_ways
from generated.projects import REPOSITORY, Project, run
from hypothesis import HealthCheck, Phase, given, settings
from strategies import Written, specs

from generator import pipeline
from generator.project import write
from generator.spec.model import Engine

QUICK = 10
"""How many specs are drawn; `tests/fuzz` draws more."""
STARTED = 2
"""So many of the quick ones are imported too: each takes a Python of its own."""
HALVES, SIXTHS = 2, 6
"""Into how many pages the awkward words go; a project's own tests take long."""


def drawn(examples: int) -> Iterator[str]:
    """Specs with at least a resource, each once."""
    found: dict[str, None] = {}

    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(specs().filter(lambda written: bool(written.resources)))
    def draw(written: Written) -> None:
        found[written.text()] = None

    draw()
    yield from found


def made(text: str, folder: Path) -> Project:
    """The project of a spec, in a folder."""
    spec = pipeline.read(text)
    write(pipeline.generate(spec, text), folder)
    return Project(folder.name, spec.database, folder)


def test_drawn_specs_become_clean_code(tmp_path: Path) -> None:
    projects = [made(text, tmp_path / f"drawn-{n}") for n, text in enumerate(drawn(QUICK))]
    passes_ruff(tmp_path)
    for project in projects[-STARTED:]:
        project.must("-W", "error", "-c", IMPORT)


@pytest.mark.proof
@pytest.mark.parametrize("number", range(HALVES))
def test_no_awkward_name_meets_one_of_ours(number: int, tmp_path: Path) -> None:
    project = made(pages(HALVES)[number], tmp_path / "awkward")
    passes_ruff(tmp_path)
    project.must("-W", "error", "-c", IMPORT)


def test_a_spec_becomes_the_same_bytes_whatever_the_seed(tmp_path: Path) -> None:
    text = list(drawn(QUICK))[-1]
    (tmp_path / "given.yaml").write_text(text, encoding="utf-8")
    words = ["-m", "generator", "new", "given.yaml", "again", "--no-git"]
    done = run(words, tmp_path, {"PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done.stderr
    for path, wanted in pipeline.generate(pipeline.read(text), text).items():
        assert (tmp_path / "again" / path).read_bytes() == wanted.encode(), path


@pytest.mark.proof
@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
@pytest.mark.parametrize("number", range(HALVES))
def test_awkward_services_migrate(number: int, engine: Engine, tmp_path: Path) -> None:
    text = pages(HALVES)[number].replace("scaffold: 1\n", f"scaffold: 1\ndatabase: {engine}\n", 1)
    project = made(text, tmp_path / "awkward")
    migrates(project, tmp_path)
    project.must("-m", "mypy", "--cache-dir", str(tmp_path / "mypy"))
    project.must("-m", "bandit", "-q", "-r", "-c", "pyproject.toml", "app")


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(0, SIXTHS, 3))
def test_awkward_services_pass_their_own_tests(number: int, tmp_path: Path) -> None:
    project = made(pages(SIXTHS)[number], tmp_path / "awkward")
    project.must("-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider")


def migrates(project: Project, folder: Path) -> None:
    """The migrations go both ways on the engine that the spec names."""
    with empty_database(project.engine, folder) as url:
        go_both_ways(project, url)
