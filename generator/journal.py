"""Changing many files of a project at once: all or nothing, whenever the process dies.

A change is written out in full first (`journal.new`), then declared (renamed to `journal`), then
moved into place file by file, and kept as `last`, so that it can be taken back. A run that finds a
declared change finishes it; one that was never declared is thrown away; one that failed on the way
(`journal.back`) is taken back. A file that somebody has changed meanwhile is left to them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.errors import ScaffoldError
from generator.state import FOLDER

NEW, DECLARED, BACK, LAST = "journal.new", "journal", "journal.back", "last"
RECORD = "change.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One file before and after, None where it isn't there."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file of a recorded change, by the digests of its contents."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A change: the command that made it, and its steps in the order of their paths."""

    about: str
    steps: tuple[Step, ...]


class InTheWayError(ScaffoldError):
    """A file isn't as it was when the change was worked out."""


def apply(root: Path, edits: Iterable[Edit], about: str) -> None:
    """Make every edit, or none of them.

    Raises InTheWayError where a file has changed meanwhile, and OSError where the file system
    refuses; then all is as it was.
    """
    folder = root / FOLDER
    todo = tuple(edit for edit in edits if edit.before != edit.after)
    _claim(folder)
    try:
        record = _written_out(root, todo, about)
        (folder / NEW).rename(folder / DECLARED)
    except BaseException:
        shutil.rmtree(folder / NEW, ignore_errors=True)
        raise
    try:
        _finish(root, record)
    except OSError:
        (folder / DECLARED).rename(folder / BACK)
        _take_back(root)
        raise


def recover(root: Path) -> str | None:
    """Settle what a run that died has left, and say what was done; None where there was nothing."""
    folder = root / FOLDER
    if (folder / BACK).is_dir():
        _take_back(root)
        return "a run that failed half-way was taken back"
    if (folder / DECLARED).is_dir():
        record = _record(folder / DECLARED)
        left = _finish(root, record)
        kept = f"; left as you have changed them: {', '.join(left)}" if left else ""
        return f"`{record.about}`, which had been cut short, was finished{kept}"
    if (folder / NEW).is_dir() and not _is_alive(folder / NEW):
        shutil.rmtree(folder / NEW)
        return "a run that had died before it changed anything was cleared away"
    return None


def last(root: Path) -> Record | None:
    """Return the last change, if it can still be taken back."""
    folder = root / FOLDER / LAST
    return _record(folder) if (folder / RECORD).is_file() else None


def undo(root: Path, record: Record) -> None:
    """Take the last change back.

    Raises InTheWayError where a file of it has been changed since.
    """
    edited = [step.path for step in record.steps if _digest(_read(root, step.path)) != step.after]
    if edited:
        raise InTheWayError(f"changed since then: {', '.join(edited)}")
    before = root / FOLDER / LAST / "before"
    edits = [
        Edit(
            path=step.path,
            before=_read(root, step.path),
            after=(before / str(number)).read_bytes() if step.before else None,
        )
        for number, step in enumerate(record.steps)
    ]
    apply(root, edits, f"undo of {record.about}")
    shutil.rmtree(root / FOLDER / LAST)


def remember(root: Path, files: Iterable[tuple[str, bytes]], about: str) -> None:
    """Note a whole new project as the last change."""
    steps = tuple(Step(path=path, before=None, after=_digest(data)) for path, data in files)
    folder = root / FOLDER / LAST
    folder.mkdir(parents=True)
    _save(folder, Record(about=about, steps=steps))


def _claim(folder: Path) -> None:
    """Begin a change. Raises ScaffoldError where another process is at one."""
    try:
        (folder / NEW).mkdir(parents=True)
    except FileExistsError as error:
        raise ScaffoldError("another run of scaffold is changing this project") from error
    (folder / NEW / "process").write_text(str(os.getpid()), encoding="utf-8")


def _is_alive(folder: Path) -> bool:
    """Whether the process that is writing a change out is still there; it may be just starting."""
    try:
        os.kill(int((folder / "process").read_text(encoding="utf-8")), 0)
    except (OSError, ValueError) as error:
        return isinstance(error, PermissionError)
    return True


def _written_out(root: Path, edits: tuple[Edit, ...], about: str) -> Record:
    folder = root / FOLDER / NEW
    for part in ("before", "after"):
        (folder / part).mkdir()
    for number, edit in enumerate(edits):
        if _read(root, edit.path) != edit.before:
            raise InTheWayError(f"{edit.path} was changed meanwhile; run it again")
        _keep(folder / "before" / str(number), edit.before, root / edit.path)
        _keep(folder / "after" / str(number), edit.after, root / edit.path)
    steps = (
        Step(path=edit.path, before=_digest(edit.before), after=_digest(edit.after))
        for edit in edits
    )
    record = Record(about=about, steps=tuple(steps))
    _save(folder, record)
    return record


def _keep(copy: Path, data: bytes | None, original: Path) -> None:
    """Write a copy through to the disk, with the original's mode where there is one."""
    if data is not None:
        _write_through(copy, data)
        with suppress(FileNotFoundError):
            shutil.copymode(original, copy)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _save(folder: Path, record: Record) -> None:
    _write_through(folder / RECORD, json.dumps(asdict(record), indent=1).encode())


def _record(folder: Path) -> Record:
    said = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    return Record(about=said["about"], steps=tuple(Step(**step) for step in said["steps"]))


def _finish(root: Path, record: Record) -> list[str]:
    """Do what is left of a declared change, and return the files that somebody else has changed."""
    folder = root / FOLDER
    after = folder / DECLARED / "after"
    left = list(_moved(root, record.steps, after, lambda step: (step.before, step.after)))
    shutil.rmtree(folder / LAST, ignore_errors=True)
    (folder / DECLARED).rename(folder / LAST)
    return left


def _take_back(root: Path) -> None:
    """Undo what was done of a change that failed."""
    folder = root / FOLDER / BACK
    steps = _record(folder).steps
    list(_moved(root, steps, folder / "before", lambda step: (step.after, step.before)))
    shutil.rmtree(folder)


def _moved(
    root: Path,
    steps: Iterable[Step],
    copies: Path,
    ends: Callable[[Step], tuple[str | None, str | None]],
) -> Iterator[str]:
    """Bring each file from one end of its step to the other; give those that are at neither."""
    for number, step in enumerate(steps):
        start, end = ends(step)
        found = _digest(_read(root, step.path))
        if found == start:
            _place(root, step.path, copies / str(number) if end else None)
        elif found != end:
            yield step.path


def _place(root: Path, path: str, copy: Path | None) -> None:
    target = root / path
    if copy is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy.replace(target)
        return
    target.unlink(missing_ok=True)
    for parent in target.relative_to(root).parents:
        with suppress(OSError):
            (root / parent).rmdir()


def _read(root: Path, path: str) -> bytes | None:
    """Return a file's bytes; None where there is none, not even the folder that it would be in."""
    try:
        return (root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()
