"""The target folder: everything or nothing, and nothing of anybody else's touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import __version__, git, project, staging
from generator.errors import ScaffoldError
from generator.tree import Tree

TREE = Tree({"service.yaml": "scaffold: 1\n", "app/main.py": "x = 1\r\n", "docs/é.md": "é\n"})


def leave(_folder: Path) -> None:
    """Finish without a repository."""


def put(target: Path, finish: Callable[[Path], bool | None]) -> None:
    project.check_new(target)
    project.create(target, TREE, finish)


def make(target: Path) -> None:
    put(target, leave)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_files_are_written_byte_for_byte_with_the_tools_memory(tmp_path: Path) -> None:
    make(tmp_path / "a b" / "new")
    found = contents(tmp_path / "a b" / "new")
    for path, text in TREE.items():
        assert found[path] == text.encode()
    pristine = {path: text.encode() for path, text in TREE.items() if path != "service.yaml"}
    base = {f".scaffold/base/{path}": data for path, data in pristine.items()}
    assert base.items() <= found.items()
    assert found[".scaffold/spec/service.yaml"] == b"scaffold: 1\n"
    memory = {"lock.json", ".gitignore", "stamp", "last/change.json", "spec/service.yaml"}
    assert found.keys() == {*TREE, *base, *(f".scaffold/{name}" for name in memory)}
    assert [path.name for path in (tmp_path / "a b").iterdir()] == ["new"]


def test_the_lock_says_who_wrote_it_and_nothing_of_the_machine(tmp_path: Path) -> None:
    make(tmp_path / "one")
    make(tmp_path / "two")
    text = (tmp_path / "one/.scaffold/lock.json").read_text()
    assert text == (tmp_path / "two/.scaffold/lock.json").read_text()
    assert str(tmp_path) not in text
    assert json.loads(text) == {"lock": 1, "scaffold": __version__}


def test_files_may_be_read_as_the_umask_says(tmp_path: Path) -> None:
    make(tmp_path / "new")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_empty_folder_is_used_and_stays_the_same_folder(tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir()
    before = target.stat().st_ino
    make(target)
    assert target.stat().st_ino == before
    assert contents(target).keys() >= TREE.keys()
    assert not list(target.glob(".new*"))


def test_a_folder_with_something_in_it_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ScaffoldError, match="is not empty") as caught:
        make(tmp_path)
    assert "\n" not in str(caught.value)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_a_file_or_a_link_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link", "dangling"):
        with pytest.raises(ScaffoldError, match="not a folder"):
            make(tmp_path / name)
    assert contents(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("exists", [False, True])
def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path, exists: bool) -> None:
    target = tmp_path / "new"
    if exists:
        target.mkdir()

    def fail(_folder: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ScaffoldError, match="No space left"):
        put(target, fail)
    assert target.exists() is exists
    assert contents(tmp_path) == {}


def test_a_failure_of_the_last_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "new"
    target.mkdir()
    rename = Path.rename

    def refuse(self: Path, to: Path) -> Path:
        if to.name == "docs" and "build" in self.parts:
            raise OSError(5, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(ScaffoldError, match="Input/output"):
        make(target)
    assert list(target.iterdir()) == []


def test_what_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir()

    def meanwhile(_folder: Path) -> None:
        (target / "docs").write_text("mine")

    with pytest.raises(ScaffoldError, match="appeared meanwhile"):
        put(target, meanwhile)
    assert contents(target) == {"docs": b"mine"}


KILLED = """
import os, sys
from pathlib import Path
from generator import project
from generator.tree import Tree
target, moment = Path(sys.argv[1]), sys.argv[2]
rename = Path.rename
def dying(self, to):
    if to.name == "docs":
        os._exit(9)
    return rename(self, to)
def finish(folder):
    if moment == "building":
        os._exit(9)
Path.rename = dying
tree = Tree({"service.yaml": "", "app/a": "", "docs/b": ""})
project.check_new(target)
project.create(target, tree, finish)
"""


def killed(target: Path, moment: str) -> None:
    """Run a `new` in a process that ends, without any clean-up, at a moment."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(target), moment],
        env={**os.environ, "PYTHONPATH": str(Path(project.__file__).parent.parent)},
        check=False,
    )
    assert done.returncode == 9


@pytest.mark.parametrize("exists", [False, True])
def test_killed_while_building_the_next_run_starts_afresh(tmp_path: Path, exists: bool) -> None:
    target = tmp_path / "new"
    if exists:
        target.mkdir()
    killed(target, "building")
    make(target)
    assert contents(target).keys() >= TREE.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert not list(target.glob(".new*"))


def test_killed_while_moving_in_the_next_run_finishes(tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir()
    killed(target, "moving")
    assert (target / "app").exists()
    assert not (target / "docs").exists()
    with pytest.raises(ScaffoldError, match="is not empty"):
        make(target)
    assert contents(target).keys() >= {"service.yaml", "app/a", "docs/b", ".scaffold/lock.json"}
    assert not list(target.glob(".new*"))


def test_what_a_live_process_is_building_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "new"
    other = tmp_path / f".new.scaffold-{os.getppid()}"
    (other / "build").mkdir(parents=True)
    staging.recover(target)
    assert other.exists()


def run_git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which git knows no one, and asks for signatures and hooks."""
    config = tmp_path / "gitconfig"
    config.write_text("[commit]\n\tgpgsign = true\n[user]\n\tuseConfigOnly = true\n")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config.rename(tmp_path / ".gitconfig")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.mark.usefixtures("nobody")
def test_a_first_commit_on_main_without_an_identity(tmp_path: Path) -> None:
    target = tmp_path / "new"
    put(target, git.first_commit)
    assert run_git(target, "branch", "--show-current") == "main"
    assert run_git(target, "log", "--format=%an %s") == "scaffold Start from service.yaml"
    assert run_git(target, "status", "--porcelain") == ""


@pytest.mark.usefixtures("nobody")
def test_a_repository_around_the_project_keeps_it(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    put(tmp_path / "new", git.first_commit)
    assert not (tmp_path / "new/.git").exists()


@pytest.mark.usefixtures("nobody")
def test_a_repository_that_ignores_the_folder_does_not(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("build/\n")
    put(tmp_path / "build/new", git.first_commit)
    assert (tmp_path / "build/new/.git").is_dir()


def test_without_git_there_is_a_project_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    put(tmp_path / "new", git.first_commit)
    assert contents(tmp_path / "new").keys() >= TREE.keys()
    assert not (tmp_path / "new/.git").exists()
