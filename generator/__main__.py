"""The `scaffold` command, and `python -m generator`."""

from __future__ import annotations

import gc
import sys
from contextlib import nullcontext

from generator.migrations.beside import beside, here

REVISING = frozenset({"new"})
"""The commands that write a revision: for them Alembic is loaded before their words are read."""


def main() -> None:
    """Run this process's command line and exit."""
    gc.disable()  # what a short run makes lives until it ends; looking for cycles costs 10 %
    arguments = sys.argv[1:]
    ahead = beside() if REVISING.intersection(arguments[:1]) else nullcontext(here)
    with ahead as revise:
        from generator.cli import run  # noqa: PLC0415 - takes its time, while Alembic loads

        status = run(arguments, revise)
    sys.exit(status)


if __name__ == "__main__":
    main()
