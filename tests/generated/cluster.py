"""A PostgreSQL of our own, which may be frozen: `python -m generated.cluster make test` has one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

URL_VARIABLE = "SCAFFOLD_POSTGRESQL_URL"
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
START_SECONDS = 30
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
"""What is in it may be lost: the machine will not crash half-way through a test."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster."""

    process: subprocess.Popen[bytes]
    url: str

    def freeze(self) -> None:
        """Stop every process of it, the first one first: it can start no more."""
        tell([self.process.pid], signal.SIGSTOP)
        tell(children(self.process.pid), signal.SIGSTOP)

    def thaw(self) -> None:
        """Let every process go on."""
        tell([*children(self.process.pid), self.process.pid], signal.SIGCONT)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new cluster, gone at the end. Raises `FileNotFoundError` without PostgreSQL's programs."""
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="scaffold-cluster-"))
    try:
        as_user = ordinary_user(folder)
        run_initdb(binaries, folder, as_user)
        with running(binaries, folder, as_user) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """Where `initdb` and `postgres` are, the newest of them."""
    found = [path for pattern in FOLDERS for path in Path("/").glob(pattern[1:])]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    for folder in sorted(found, reverse=True):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise FileNotFoundError("PostgreSQL's initdb and postgres are not on this machine")


def ordinary_user(folder: Path) -> str | None:
    """Who the cluster runs as, and whose the folder is: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, name)
    return name


def run_initdb(binaries: Path, folder: Path, user: str | None) -> None:
    """Make the files of the cluster."""
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync"]
    subprocess.run(
        [str(binaries / "initdb"), f"--pgdata={folder / 'data'}", *options],
        user=user,
        cwd=folder,
        capture_output=True,
        check=True,
    )


@contextmanager
def running(binaries: Path, folder: Path, user: str | None) -> Iterator[Cluster]:
    """The cluster, running until the end of the block."""
    port = free_port()
    listen = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(folder / "data"), *listen, *FAST],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    made = Cluster(process, f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres")
    try:
        wait_until(lambda: is_ready(binaries, port), START_SECONDS)
        yield made
    finally:
        stop(made)


def is_ready(binaries: Path, port: int) -> bool:
    """Whether it takes connections."""
    command = [str(binaries / "pg_isready"), "--quiet", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(command, check=False).returncode == 0


def stop(made: Cluster) -> None:
    """End it at once, frozen or not."""
    made.thaw()
    made.process.send_signal(signal.SIGQUIT)
    try:
        made.process.wait(10)
    except subprocess.TimeoutExpired:
        made.process.kill()
        made.process.wait()


def tell(pids: list[int], what: signal.Signals) -> None:
    """Send a signal to each that is still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, parent_pid in pairs if int(parent_pid) == parent]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    """Ask until it holds. Raises `TimeoutError` when that takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"still not so after {seconds} s")
        time.sleep(0.05)


def main() -> int:
    """Run a command that finds a PostgreSQL of its own in the environment."""
    with cluster() as made:
        environment = {**os.environ, URL_VARIABLE: made.url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
