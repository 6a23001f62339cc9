"""The services that are measured, each as a process of its own, and what the system says of it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

import httpx2
import psutil
from generated.cluster import free_port

HERE = Path(__file__).parent
END_SECONDS = 30
PAUSE = 0.005
SERVER_CORE = frozenset({0})
LOAD_CORE = frozenset({1})
SECRET_KEY = secrets.token_urlsafe(48)
MEBIBYTE = 2**20
UNLIKE = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"})
"""Variables that no service is started with: the second start finds what the first compiled."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A service: how it is started, and where; `{port}` stands for its port."""

    name: str
    command: tuple[str, ...]
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    cores: frozenset[int] = SERVER_CORE
    """Where it runs."""


def uvicorn(name: str, *more: str) -> Subject:
    """A service of this folder, run as its documentation says."""
    server = ("-m", "uvicorn", f"{name}:app", "--port", "{port}", "--no-server-header", *more)
    return Subject(name, server, HERE)


def bare() -> Subject:
    """The floor, which logs nothing."""
    return uvicorn("bare", "--no-access-log")


def idiomatic() -> Subject:
    """What the tutorials show, with the server's own log of requests."""
    return uvicorn("idiomatic")


def ours(folder: Path, workers: int = 1) -> Subject:
    """A generated service as it is shipped, but that one account may sign in without end.

    Several workers run wherever the system puts them.
    """
    unlimited = ("LOGIN_ATTEMPTS_PER_ACCOUNT", "LOGIN_ATTEMPTS_PER_ADDRESS")
    settings = {"ENVIRONMENT": "production", **dict.fromkeys(unlimited, "100000000")}
    cores = SERVER_CORE if workers == 1 else frozenset(range(os.cpu_count() or 1))
    settings["WORKERS"] = str(workers)
    return Subject("ours", ("-m", "app", "serve"), folder, settings, cores)


@dataclass(slots=True)
class Running:
    """A service that answers."""

    subject: Subject
    url: str
    process: psutil.Process
    started: float
    """Seconds from its start to its first answer."""
    headers: dict[str, str] = field(default_factory=dict)

    def cpu(self) -> float:
        """Seconds of a core that it has taken so far, its workers included."""
        times = [one.cpu_times() for one in family(self.process)]
        return sum(one.user + one.system for one in times)

    def log_in(self, email: str, password: str) -> None:
        """Sign in, for all requests to come."""
        body = {"email": email, "password": password}
        answer = httpx2.post(f"{self.url}/api/v1/auth/login", json=body).raise_for_status()
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}


@contextmanager
def running(subject: Subject, database_url: str, folder: Path) -> Iterator[Running]:
    """Run a service on a database until the end of the block; what it logs goes to the folder."""
    port = str(free_port())
    given = {"SECRET_KEY": SECRET_KEY, "DATABASE_URL": database_url, "PORT": port}
    given |= {"ACCESS_TOKEN_SECONDS": "86400", **subject.settings}
    command = [sys.executable, *(word.format(port=port) for word in subject.command)]
    inherited = {name: value for name, value in os.environ.items() if name not in UNLIKE}
    begun = perf_counter()
    with (folder / f"{subject.name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=subject.folder, env={**inherited, **given}, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    try:
        while not answers(process, url):
            sleep(PAUSE)
        seconds = perf_counter() - begun
        yield Running(subject, url, pinned(process.pid, subject.cores), seconds)
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process, and those that it has started."""
    return [process, *process.children(recursive=True)]


def memory(process: psutil.Process) -> float:
    """MiB that are its own and its children's, and their shares of what they share."""
    return float(sum(one.memory_full_info().pss for one in family(process))) / MEBIBYTE


def pinned(pid: int, cores: frozenset[int]) -> psutil.Process:
    """A process that keeps to some cores, where the machine has them and the system can."""
    process = psutil.Process(pid)
    if hasattr(process, "cpu_affinity") and cores <= set(process.cpu_affinity() or ()):
        for one in family(process):
            one.cpu_affinity([*cores])
    return process


def answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Whether it does, which it will not once it has ended."""
    if process.poll() is not None:
        raise RuntimeError(f"{process.args!r} has ended")
    try:
        return httpx2.get(f"{url}/health/live").is_success
    except httpx2.TransportError:
        return False
