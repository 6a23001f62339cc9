"""The feature of docs/writing-a-feature.md, installed as a package, and its life in a project."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from generated.projects import REPOSITORY, Project, run

PAGE = REPOSITORY / "docs/writing-a-feature.md"
FILE = re.compile(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPEC = """
scaffold: 1
service: {name: shop}
features: {maintenance: true}
resources:
  item:
    fields:
      name: string(1..50)
"""
MODULE = "app/maintenance.py"
READS = 'READS = frozenset({"GET", "HEAD", "OPTIONS"})'
MORE_READS = 'READS = frozenset({"GET", "HEAD", "OPTIONS", "QUERY"})'
Scaffold = Callable[..., str]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The package as the page has it."""
    for name, text in FILE.findall(PAGE.read_text("utf-8")):
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "source"


def install(source: Path, site: Path) -> None:
    """Install the package into a folder."""
    arguments = ["--no-deps", "--no-build-isolation", "--upgrade", "--target", str(site)]
    done = run(["-m", "pip", "install", "--quiet", *arguments, str(source)], source, {})
    assert done.returncode == 0, done.stderr


@pytest.fixture
def scaffold(source: Path, tmp_path: Path) -> Scaffold:
    """The command line of a machine that has the package."""
    site = tmp_path / "site"
    install(source, site)

    def scaffold(folder: Path, *words: str) -> str:
        path = f"{REPOSITORY}:{site}"
        done = run(["-m", "generator", *words], folder, {"PYTHONPATH": path})
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return scaffold


@pytest.fixture
def project(scaffold: Scaffold, tmp_path: Path) -> Project:
    """A project that asks for the feature."""
    (tmp_path / "service.yaml").write_text(SPEC, "utf-8")
    scaffold(tmp_path, "new", "service.yaml", "--no-git")
    return Project("shop", "sqlite", tmp_path / "shop")


def edit(project: Project, path: str, old: str, new: str) -> None:
    """Edit a file of the project by hand."""
    file = project.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def prove(project: Project) -> None:
    """It is clean, and its tests pass."""
    project.must("-m", "ruff", "check", ".")
    project.must("-m", "ruff", "format", "--check", ".")
    project.must("-m", "mypy")
    project.must("-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "--ignore=tests/auth")


def test_it_stands_beside_ours(scaffold: Scaffold, tmp_path: Path) -> None:
    said = scaffold(tmp_path, "features")
    assert "maintenance: true\n    Maintenance. While it is on" in said
    assert "option retry_after: Seconds after which" in said


@pytest.mark.proof
def test_a_project_asks_for_it_edits_it_syncs_it_and_is_rid_of_it(
    project: Project, scaffold: Scaffold, source: Path, tmp_path: Path
) -> None:
    prove(project)

    edit(project, MODULE, READS, MORE_READS)
    edit(project, "service.yaml", "maintenance: true", "maintenance: {retry_after: 60}")
    scaffold(project.folder, "sync")
    text = (project.folder / MODULE).read_text("utf-8")
    assert MORE_READS in text
    assert '"Retry-After": "60"' in text

    newer = next(source.rglob("maintenance.py.jinja"))
    newer.write_text(newer.read_text("utf-8").replace('"maintenance"', '"in-maintenance"'), "utf-8")
    test = next(source.rglob("test_maintenance.py.jinja"))
    test.write_text(
        test.read_text("utf-8").replace('== "maintenance"', '== "in-maintenance"'), "utf-8"
    )
    install(source, tmp_path / "site")
    scaffold(project.folder, "sync")
    text = (project.folder / MODULE).read_text("utf-8")
    assert 'code = "in-maintenance"' in text
    assert MORE_READS in text
    project.must("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_maintenance.py")

    edit(project, "service.yaml", "features: {maintenance: {retry_after: 60}}\n", "")
    said = scaffold(project.folder, "sync")
    assert MORE_READS in (project.folder / MODULE).read_text("utf-8")
    assert f"keep {MODULE}" in said
    assert not (project.folder / "docs/maintenance.md").exists()
    assert not (project.folder / "tests/test_maintenance.py").exists()
    assert "maintenance" not in (project.folder / "app/main.py").read_text("utf-8")
    prove(project)
    assert "Nothing" in scaffold(project.folder, "sync")
