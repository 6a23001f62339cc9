"""The second process of `generator.migrations.beside`: tables in, a revision out, both pickled."""

from __future__ import annotations

import gc
import pickle
import sys


def main() -> None:
    """Load Alembic, and answer one question; where none comes, the asking process has ended."""
    gc.disable()  # as in the process that asks
    from generator.migrations.revision import initial_revision  # noqa: PLC0415 - what takes long

    if question := sys.stdin.buffer.read():
        tables, engine = pickle.loads(question)  # noqa: S301 - from the process that started this one
        sys.stdout.buffer.write(pickle.dumps(initial_revision(tables, engine)))


if __name__ == "__main__":
    main()
