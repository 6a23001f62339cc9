"""Many files changed at once: whatever fails or dies on the way, all of them or none."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from generator import journal
from generator.errors import ScaffoldError
from generator.journal import Edit, InTheWayError

OLD = {"a.py": b"a\n", "deep/er/b.py": b"b\r\n", "gone/c.py": b"c", "same.py": b"same\n"}
NEW = {"a.py": b"A\n", "deep/er/b.py": b"B\r\n", "new/er/d.py": b"d\xff\n", "same.py": b"same\n"}
EDITS = [Edit(path=path, before=OLD.get(path), after=NEW.get(path)) for path in {**OLD, **NEW}]


def filled(folder: Path) -> Path:
    for path, data in OLD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    own = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: data for path, data in own.items() if not path.startswith(".scaffold/")}


def test_every_edit_is_made_and_empty_folders_go(tmp_path: Path) -> None:
    journal.apply(filled(tmp_path), EDITS, "sync")
    assert contents(tmp_path) == NEW
    assert not (tmp_path / "gone").exists()
    record = journal.last(tmp_path)
    assert record is not None
    assert record.about == "sync"
    assert {step.path for step in record.steps} == OLD.keys() ^ NEW.keys() | {
        "a.py",
        "deep/er/b.py",
    }


def test_the_modes_of_files_stay(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "a.py").chmod(0o755)
    (tmp_path / "deep/er/b.py").chmod(0o444)
    journal.apply(tmp_path, EDITS, "sync")
    assert (tmp_path / "a.py").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "deep/er/b.py").stat().st_mode & 0o777 == 0o444


def test_the_last_change_is_taken_back_once(tmp_path: Path) -> None:
    journal.apply(filled(tmp_path), EDITS, "sync")
    record = journal.last(tmp_path)
    assert record is not None
    journal.undo(tmp_path, record)
    assert contents(tmp_path) == OLD
    assert journal.last(tmp_path) is None


def test_a_file_that_was_edited_since_is_not_taken_back(tmp_path: Path) -> None:
    journal.apply(filled(tmp_path), EDITS, "sync")
    (tmp_path / "a.py").write_bytes(b"mine\n")
    record = journal.last(tmp_path)
    assert record is not None
    with pytest.raises(InTheWayError, match=r"a\.py"):
        journal.undo(tmp_path, record)
    assert contents(tmp_path) == {**NEW, "a.py": b"mine\n"}
    assert journal.last(tmp_path) == record


def test_an_edit_made_elsewhere_since_survives_the_undo(tmp_path: Path) -> None:
    journal.apply(filled(tmp_path), EDITS, "sync")
    (tmp_path / "same.py").write_bytes(b"mine\n")
    record = journal.last(tmp_path)
    assert record is not None
    journal.undo(tmp_path, record)
    assert contents(tmp_path) == {**OLD, "same.py": b"mine\n"}


def test_what_changed_while_the_change_was_worked_out_stops_it(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "gone/c.py").write_bytes(b"mine")
    with pytest.raises(InTheWayError, match="meanwhile"):
        journal.apply(tmp_path, EDITS, "sync")
    assert contents(tmp_path) == {**OLD, "gone/c.py": b"mine"}
    assert journal.recover(tmp_path) is None


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / ".scaffold" / journal.NEW).mkdir(parents=True)
    (tmp_path / ".scaffold" / journal.NEW / "process").write_text(str(os.getppid()))
    assert journal.recover(tmp_path) is None
    with pytest.raises(ScaffoldError, match="another run"):
        journal.apply(tmp_path, EDITS, "sync")
    assert contents(tmp_path) == OLD


CALLS = ("rename", "replace", "mkdir", "unlink", "write_text", "open", "read_bytes")


@pytest.mark.parametrize("name", CALLS)
def test_a_refusal_at_any_call_leaves_all_or_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, or the folder read-only, from the n-th call on, for every n."""
    calls = 0
    original: Callable[..., Any] = getattr(Path, name)

    def refusing(limit: int) -> Callable[..., Any]:
        def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == limit:
                raise OSError(28, "No space left on device")
            return original(self, *arguments, **options)

        return refuse

    for limit in range(1, 100):
        folder = filled(tmp_path / str(limit))
        calls = 0
        with monkeypatch.context() as patch:
            patch.setattr(Path, name, refusing(limit))
            with suppress(OSError):
                journal.apply(folder, EDITS, "sync")
        reached = calls >= limit
        journal.recover(folder)
        assert contents(folder) in (OLD, NEW), f"{name} number {limit}"
        if not reached:
            return
    pytest.fail(f"{name} is called more than a hundred times")


TOUCHING = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}
"""What Python's audit calls that touches a file (PEP 578)."""


def killed_at(number: int, folder: Path) -> bool:
    """Apply the edits in a process that is killed before its n-th call; whether it was."""
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL)
        return status != 0
    left = number

    def dying(event: str, _: tuple[object, ...]) -> None:
        nonlocal left
        left -= event in TOUCHING
        if event in TOUCHING and left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(dying)
        journal.apply(folder, EDITS, "sync")
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def test_killed_at_any_call_the_next_run_finds_the_old_or_the_new(tmp_path: Path) -> None:
    """SIGKILL before the n-th call that touches a file, for every n; the next run settles it."""
    said = set()
    for number in range(0, 400):
        folder = filled(tmp_path / str(number))
        killed = killed_at(number, folder)
        said.add((journal.recover(folder) or "nothing").partition(",")[0])
        assert contents(folder) in (OLD, NEW), f"killed at call {number}"
        assert journal.recover(folder) is None
        if not killed:
            assert contents(folder) == NEW
            break
    else:
        pytest.fail("never came to its end")
    assert len(said) == 3
