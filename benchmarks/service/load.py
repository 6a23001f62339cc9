"""Load from `wrk`, and what it came to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from service.operations import Operation, text
from service.rows import Account
from service.subjects import LOAD_CORE, Running

SCRIPT = Path(__file__).with_name("load.lua")
MICROSECOND = 1e-6


@dataclass(frozen=True, slots=True)
class Pace:
    """How often each operation is measured, for how many seconds, over how many connections."""

    rounds: int
    seconds: int
    connections: int


@dataclass(frozen=True, slots=True)
class Round:
    """What one run of one operation on one service came to."""

    requests: int
    seconds: float
    cpu: float
    """Seconds of a core that the service took."""
    p50: float
    p99: float
    """Milliseconds within which so many of a hundred requests were answered."""
    refused: int
    """Answers that are an error."""
    broken: int
    """Requests that got no answer."""

    @property
    def cost(self) -> float:
        """Microseconds of a core for each request."""
        return self.cpu / self.requests / MICROSECOND

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def require_wrk() -> None:
    """Raises `SystemExit` where there is no `wrk`, and says where to get it."""
    if shutil.which("wrk") is None:
        raise SystemExit(
            "bench-service needs wrk, which makes the load: `apt-get install wrk`, "
            "or `brew install wrk`."
        )


def run(running: Running, operation: Operation, account: Account, paths: Path, pace: Pace) -> Round:
    """Ask a service one thing for some seconds."""
    environment = {
        "LOAD_PATHS": str(paths),
        "LOAD_METHOD": operation.method,
        "LOAD_BODY": text(operation, account),
        "LOAD_AUTHORIZATION": running.headers["Authorization"],
    }
    connections = operation.connections or pace.connections
    options = [f"-d{pace.seconds}", f"-c{connections}", "-t1", "--timeout", "30"]
    before = running.cpu()
    done = subprocess.run(
        ["wrk", *options, "-s", str(SCRIPT), running.url],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=keep_to_core,
    )
    cpu = running.cpu() - before
    return Round(cpu=cpu, **json.loads(done.stdout.splitlines()[-1]))


def keep_to_core() -> None:
    """Leave the server's core to the server, where there is another."""
    if hasattr(os, "sched_setaffinity") and os.sched_getaffinity(0) >= LOAD_CORE:
        os.sched_setaffinity(0, LOAD_CORE)
