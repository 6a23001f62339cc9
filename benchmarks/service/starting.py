"""What it takes to be there: how long until the first answer, and how much memory then."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from service.subjects import Subject, memory, running

RUNS = 5
STACK, LIBRARIES = "stack alone", "libraries alone"
IMPORTS = """
import asyncpg, fastapi, pydantic, sqlalchemy.ext.asyncio
print(flush=True)
input()
"""
"""What every service of ours builds on, and nothing else; it waits until it has been weighed."""
USED = """
import sys
import app.server
app.server.application()
print(*(name for name in sys.modules if name.partition(".")[0] not in {"app", "__main__"}))
"""
"""Every module that a service imports, but for its own."""
IMPORTS_OF_OURS = """
import gc, importlib
gc.disable()  # as a service does
for name in {names!r}:
    try:
        importlib.import_module(name)
    except ImportError:
        pass
gc.enable()
print(flush=True)
input()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start."""

    seconds: float
    """To the first answer; of the stack alone, until it is imported."""
    memory: float
    """MiB, when that is so."""


def starts(subjects: tuple[Subject, ...], url: str, folder: Path) -> dict[str, Start]:
    """The median start of the stack alone, of the last service's libraries, and of each service.

    They take turns.
    """
    found: dict[str, list[Start]] = {}
    names = used(subjects[-1].folder)
    for _ in range(RUNS):
        found.setdefault(STACK, []).append(imported(IMPORTS))
        found.setdefault(LIBRARIES, []).append(imported(IMPORTS_OF_OURS.format(names=names)))
        for subject in subjects:
            found.setdefault(subject.name, []).append(started(subject, url, folder))
    return {
        name: Start(median(one.seconds for one in some), median(one.memory for one in some))
        for name, some in found.items()
    }


def used(folder: Path) -> list[str]:
    """The modules of libraries that the service in a folder has imported when it can answer."""
    done = subprocess.run(
        [sys.executable, "-c", USED], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()


def imported(program: str) -> Start:
    """A program that imports and then waits."""
    begun = perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        start = Start(perf_counter() - begun, memory(psutil.Process(process.pid)))
        process.communicate(b"\n")
    return start


def started(subject: Subject, url: str, folder: Path) -> Start:
    """A service that has given its first answer."""
    with running(subject, url, folder) as service:
        return Start(service.started, memory(service.process))
