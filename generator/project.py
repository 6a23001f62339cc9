"""The target folder: what the tool knows of it, and how a tree gets into it, all or nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.errors import ScaffoldError
from generator.ownership import policy_of
from generator.staging import recover, staged
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
    """Return the project that is to be at `target`, after what a crash may have left is settled.

    Raises ScaffoldError where a file, a link or a folder with something in it is in the way.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ScaffoldError(f"{target} is in the way: it is not a folder")
    try:
        recover(target.absolute())
        occupied = target.is_dir() and any(target.iterdir())
    except OSError as error:
        raise ScaffoldError(f"{target} can't be read: {error.strerror}") from error
    if occupied:
        raise ScaffoldError(f"{target} is not empty; name a folder that is, or one to create")
    return Project(target=target, base=Tree(), ours=Tree())


def create(
    project: Project, tree: Tree, finish: Callable[[Path], None], templates: Path | None = None
) -> None:
    """Write a tree as a new project, `finish` it, and only then put it in its place.

    The lock notes where a team's own `templates` are, as seen from the project. A crash leaves
    nothing or everything. Raises ScaffoldError where the folder can't be written.
    """
    try:
        with staged(project.target.absolute()) as folder:
            write(tree.with_files(state(tree, _seen(templates, project.target))), folder)
            finish(folder)
    except OSError as error:
        raise ScaffoldError(f"{project.target} can't be written: {error.strerror}") from error


def state(tree: Tree, templates: str | None = None) -> Tree:
    """Return the files of `.scaffold/` for a tree: the lock, the spec as synced, and the base."""
    pristine = tree.under("base")
    own = Tree({"lock.json": _lock(tree, templates), "service.yaml": tree[SPEC]})
    return own.with_files(pristine).under(STATE)


def write(tree: Tree, folder: Path) -> None:
    """Write every file below a folder of our own making, byte for byte."""
    for parent in sorted({(folder / path).parent for path in tree}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, text in tree.items():
        (folder / path).write_bytes(text.encode())


def _seen(templates: Path | None, target: Path) -> str | None:
    """The path of a folder of templates from a project, the same on machines that keep both."""
    return Path(os.path.relpath(templates, target)).as_posix() if templates else None


def _lock(tree: Tree, templates: str | None) -> str:
    lock = {
        "lock": LOCK_VERSION,
        "scaffold": __version__,
        "spec": digest(tree[SPEC]),
        **({"templates": templates} if templates else {}),
        "files": {
            path: {"policy": policy_of(path), "sha256": digest(text)} for path, text in tree.items()
        },
    }
    return json.dumps(lock, indent=2, sort_keys=True) + "\n"
