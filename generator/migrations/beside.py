"""Alembic takes as long to load as a spec takes to read: a second process does it meanwhile."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
    with ThreadPoolExecutor(1) as thread, process:
        try:
            yield lambda tables, engine: _asked(process, thread, tables, engine)
        finally:
            process.kill()


def _started() -> subprocess.Popen[bytes]:
    """Start a Python that finds modules where this one does."""
    return subprocess.Popen(  # noqa: S603 - this very Python, fixed words
        [sys.executable, "-P", "-c", CHILD, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _asked(
    process: subprocess.Popen[bytes],
    thread: ThreadPoolExecutor,
    tables: tuple[Table, ...],
    engine: Engine,
) -> Written:
    answer = thread.submit(process.communicate, pickle.dumps((tables, engine)))

    def written() -> tuple[str, str]:
        text, _ = answer.result()
        if process.returncode:
            return here(tables, engine)()
        found: tuple[str, str] = pickle.loads(text)  # noqa: S301 - from a process of our own
        return found

    return written
