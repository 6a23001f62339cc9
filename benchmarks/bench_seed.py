"""How long a generated project takes to fill its tables: sample, engine, rows of each resource.

The engine's server is the one that the tests use: `python -m generated.cluster` starts one.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import get_args

from generated.databases import empty_database
from generated.projects import Project, generate
from generated.server import migrate

from generator.spec.model import Engine

MADE = re.compile(r"^\w+: ([\d,]+)", re.MULTILINE)


def main(sample: str, engine: Engine, rows: str) -> None:
    """Make the project, fill an empty database once, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        project = generate(sample, engine, Path(folder) / "project")
        with empty_database(engine, Path(folder)) as url:
            migrate(project, url)
            print(f"{sample} on {engine}: {fill(project, url, rows)}")


def fill(project: Project, url: str, rows: str) -> str:
    """How many rows were made, how long it took, and how much of that Python itself was busy."""
    began, busy = time.perf_counter(), spent()
    said = project.must("-m", "app", "seed", "--rows", rows, DATABASE_URL=url)
    seconds, own = time.perf_counter() - began, spent() - busy
    made = sum(int(count.replace(",", "")) for count in MADE.findall(said))
    return (
        f"{made:,} rows and the pairs between them in {seconds:.1f} s, {own:.1f} s of it Python's"
    )


def spent() -> float:
    """Seconds that processes of ours kept a core busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    name, kind, count = sys.argv[1:] or ["bookstore", "sqlite", "10000"]
    main(name, next(one for one in get_args(Engine) if one == kind), count)
