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
STACK = "stack alone"
IMPORTS = """
import asyncpg, fastapi, pydantic, sqlalchemy.ext.asyncio
print(flush=True)
input()
"""
"""What every service of ours imports, and nothing else; it waits until it has been weighed."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start."""

    seconds: float
    """To the first answer; of the stack alone, until it is imported."""
    memory: float
    """MiB, when that is so."""


def starts(subjects: tuple[Subject, ...], url: str, folder: Path) -> dict[str, Start]:
    """The median start of the stack alone and of each service; they take turns."""
    found: dict[str, list[Start]] = {}
    for _ in range(RUNS):
        found.setdefault(STACK, []).append(imported())
        for subject in subjects:
            found.setdefault(subject.name, []).append(started(subject, url, folder))
    return {
        name: Start(median(one.seconds for one in some), median(one.memory for one in some))
        for name, some in found.items()
    }


def imported() -> Start:
    """The stack, imported."""
    begun = perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", IMPORTS], stdin=pipe, stdout=pipe) as process:
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
