"""Building a folder out of sight and putting it in its place: all or nothing.

A folder that isn't there yet is built beside its place and renamed. An empty one that is there
already is kept, since a shell may stand in it or a disk be mounted on it: the build happens inside
it, is marked complete, and its entries move up; a run that was killed meanwhile is finished by the
next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BUILD = "build"
_COMPLETE = "complete"


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a folder to build in; where the block ends well, it becomes `target`.

    Raises OSError where the file system refuses; then nothing is there that wasn't.
    """
    parent = target if target.exists() else target.parent
    parent.mkdir(parents=True, exist_ok=True)
    staging = parent / f"{_prefix(target)}{os.getpid()}"
    build = staging / _BUILD
    try:
        build.mkdir(parents=True)
        yield build
        _place(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def recover(target: Path) -> None:
    """Settle what killed runs have left: what was complete moves in, all else goes."""
    for parent in (target, target.parent):
        for staging in sorted(parent.glob(f"{_prefix(target)}*")):
            if _is_dead(staging):
                if (staging / _COMPLETE).exists():
                    _move_up(staging, target)
                shutil.rmtree(staging, ignore_errors=True)


def _place(staging: Path, target: Path) -> None:
    if target.exists():
        (staging / _COMPLETE).touch()
        _move_up(staging, target)
    else:
        (staging / _BUILD).rename(target)


def _move_up(staging: Path, target: Path) -> None:
    """Move every entry of the build into the target, or none where one can't be."""
    moved: list[Path] = []
    try:
        for entry in sorted((staging / _BUILD).iterdir()):
            if os.path.lexists(target / entry.name):
                raise FileExistsError(0, f"{entry.name} appeared meanwhile")
            moved.append(entry.rename(target / entry.name))
    except OSError:
        for entry in moved:
            entry.rename(staging / _BUILD / entry.name)
        raise


def _prefix(target: Path) -> str:
    return f".{target.name}.scaffold-"


def _is_dead(staging: Path) -> bool:
    """Whether the process that the folder is named after has ended (it can't be this one's)."""
    process = staging.name.rpartition("-")[2]
    if not process.isdigit() or staging.is_symlink():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return int(process) == os.getpid()
