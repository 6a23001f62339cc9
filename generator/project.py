"""The target folder: what the tool knows of it, and how a tree gets into it, all or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.errors import ScaffoldError
from generator.plan import policy_of
from generator.tree import Tree, digest

STATE = ".scaffold"
SPEC = "service.yaml"
LOCK_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder as the tool finds it: the pristine text that it last wrote, and what is there now.

    Both are empty for a project that isn't there yet.
    """

    target: Path
    base: Tree
    ours: Tree


def open_new(target: Path) -> Project:
    """Return the project that is to be at `target`.

    Raises ScaffoldError where a file, a link or a folder with something in it is in the way.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ScaffoldError(f"{target} is in the way: it is not a folder")
    if target.is_dir() and any(target.iterdir()):
        raise ScaffoldError(f"{target} is not empty; name a folder that is, or one to create")
    return Project(target=target, base=Tree(), ours=Tree())


def create(project: Project, tree: Tree, finish: Callable[[Path], None]) -> None:
    """Write a tree as a new project.

    All is built beside the target, `finish` included, and renamed: a crash leaves nothing or
    everything. Raises ScaffoldError where the folder can't be written.
    """
    target = project.target.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _staging(target) as folder:
            write(tree.with_files(state(tree)), folder)
            finish(folder)
            folder.rename(target)
    except OSError as error:
        raise ScaffoldError(f"{project.target} can't be written: {error.strerror}") from error


def state(tree: Tree) -> Tree:
    """Return the files of `.scaffold/` for a tree: the lock, the spec as synced, and the base."""
    pristine = tree.under("base")
    own = Tree({"lock.json": _lock(tree), "service.yaml": tree[SPEC]})
    return own.with_files(pristine).under(STATE)


def write(tree: Tree, folder: Path) -> None:
    """Write every file below a folder of our own making, byte for byte."""
    for parent in sorted({(folder / path).parent for path in tree}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, text in tree.items():
        (folder / path).write_bytes(text.encode())


def _lock(tree: Tree) -> str:
    lock = {
        "lock": LOCK_VERSION,
        "scaffold": __version__,
        "spec": digest(tree[SPEC]),
        "files": {
            path: {"policy": policy_of(path), "sha256": digest(text)} for path, text in tree.items()
        },
    }
    return json.dumps(lock, indent=2, sort_keys=True) + "\n"


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """Give a folder beside the target, gone afterwards whatever happens, and clear dead ones."""
    prefix = f".{target.name}.scaffold-"
    for left in target.parent.glob(f"{prefix}*"):
        if not _alive(left.name.removeprefix(prefix)):
            shutil.rmtree(left, ignore_errors=True)
    folder = target.parent / f"{prefix}{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(process: str) -> bool:
    if not process.isdigit() or int(process) == os.getpid():
        return not process.isdigit()
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
