"""How long `scaffold` takes: its help, a new project of 1, 10 and 100 resources, and each stage.

`make bench` prints the table. Figures, not tests: they depend on the machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1, 10, 100)
RUNS = 5
STAGES = (
    "read",
    "own_resources",
    "project_view",
    "plan",
    "render",
    "initial_revision",
    "formatted",
    "merge",
    "project.create",
    "git.first_commit",
)
"""The stages, by the names that `generator.pipeline` calls them; `create` holds the commit."""

MEASURED = """
import resource, runpy, sys
sys.argv = ["scaffold", *sys.argv[1:]]
try:
    runpy.run_module("generator", run_name="__main__")
finally:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak, file=sys.stderr)
"""


def spec(resources: int) -> str:
    """Return a spec of that many resources: ten fields each, and a link to the one before."""
    lines = ["scaffold: 1", "service: {name: bench}", "resources:"]
    for number in range(resources):
        lines += [f"  thing{number}:", "    owned: true", "    fields:"]
        lines += [f"      text{i}: string(1..100) index" for i in range(5)]
        lines += [f"      number{i}: int >= 0 = 0" for i in range(5)]
        if number:
            lines += ["    relations:", f"      parent: belongs_to thing{number - 1}"]
    return "\n".join(lines) + "\n"


def command(*words: str) -> tuple[float, float]:
    """Run a command line in processes of its own: the best of some in seconds, and peak MiB."""
    runs = [_run(words) for _ in range(RUNS)]
    return min(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def _run(words: tuple[str, ...]) -> tuple[float, float]:
    started = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return perf_counter() - started, int(done.stderr.split()[-1]) / 1024


def stages(page: Path, folder: Path) -> dict[str, float]:
    """Make a project in this process and return the seconds that each stage took."""
    sys.path.insert(0, str(ROOT))
    from generator import pipeline  # noqa: PLC0415 - the processes above start without it

    spent: dict[str, float] = {}
    with ExitStack() as stack:
        for name in STAGES:
            owner, _, last = name.rpartition(".")
            holder = getattr(pipeline, owner) if owner else pipeline
            clocked = _clocked(getattr(holder, last), name, spent)
            stack.enter_context(mock.patch.object(holder, last, clocked))
        pipeline.new(str(page), folder)
    return spent


def _clocked(function: Callable[..., Any], name: str, spent: dict[str, float]) -> Any:
    def clocked(*arguments: Any, **options: Any) -> Any:
        started = perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[name] = spent.get(name, 0.0) + perf_counter() - started

    return clocked


def row(label: str, seconds: float, peak: float | None = None, note: str = "") -> None:
    """Print one line of the table."""
    memory = f"{peak:7.0f} MiB" if peak is not None else ""
    sys.stdout.write(f"{label:<28}{seconds * 1000:9.1f} ms{memory:>13}  {note}\n")


def main() -> None:
    """Print the table."""
    row("--help", *command("--help"))
    totals: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for size in SIZES:
            page = root / f"{size}.yaml"
            page.write_text(spec(size), encoding="utf-8")
            totals[size], peak = command("new", str(page), "--dry-run")
            row(f"new --dry-run, {size} resources", totals[size], peak)
        for size in SIZES:
            sys.stdout.write(f"\nstages, {size} resources\n")
            for name, seconds in stages(root / f"{size}.yaml", root / str(size)).items():
                row(f"  {name}", seconds)
    small, middle, large = SIZES
    first = (totals[middle] - totals[small]) / (middle - small)
    last = (totals[large] - totals[middle]) / (large - middle)
    sys.stdout.write("\n")
    row("slope, a resource", first, note=f"from {small} to {middle}")
    row("slope, a resource", last, note=f"from {middle} to {large}: {last / first:.2f} times that")


if __name__ == "__main__":
    main()
