"""Alembic takes as long to load as all else that a run does: a second process does it meanwhile."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:  # the second process is to start before anything else is loaded
    from generator.spec.model import Engine
    from generator.table import Table

Written = Callable[[], tuple[str, str]]
"""Waits for a revision, and returns its path and text."""
Revise = Callable[["tuple[Table, ...]", "Engine"], Written]
"""Takes tables, and returns at once what waits for the revision that creates them."""

CHILD = (
    "import sys; sys.path[:] = sys.argv[1:]; from generator.migrations.__main__ import main; main()"
)


def here(tables: tuple[Table, ...], engine: Engine) -> Written:
    """Write the revision in this process, when it is waited for."""

    def written() -> tuple[str, str]:
        from generator.migrations.revision import initial_revision  # noqa: PLC0415 - what takes long

        return initial_revision(tables, engine)

    return written


@contextmanager
def beside() -> Iterator[Revise]:
    """Load Alembic in a second process, which ends with the block.

    Where it can't be started, or fails, this process does its work.
    """
    try:
        process = _started()
    except OSError:
        yield here
        return
    with process:
        try:
            yield lambda tables, engine: _asked(process, tables, engine)
        finally:
            process.kill()


def _started() -> subprocess.Popen[bytes]:
    """Start a Python that finds modules where this one does, and nowhere else."""
    return subprocess.Popen(  # noqa: S603 - this very Python, fixed words
        [sys.executable, "-P", "-S", "-c", CHILD, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _asked(process: subprocess.Popen[bytes], tables: tuple[Table, ...], engine: Engine) -> Written:
    question = pickle.dumps((tables, engine))
    Thread(target=_send, args=(process.stdin, question), daemon=True).start()

    def written() -> tuple[str, str]:
        answer = process.stdout.read() if process.stdout else b""
        if process.wait():
            return here(tables, engine)()
        found: tuple[str, str] = pickle.loads(answer)  # noqa: S301 - from a process of our own
        return found

    return written


def _send(pipe: IO[bytes], question: bytes) -> None:
    """Write to a pipe that holds less than a question may; its reader may be gone."""
    with suppress(OSError), pipe:
        pipe.write(question)
