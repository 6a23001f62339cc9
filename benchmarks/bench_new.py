"""How long `scaffold` takes: its help, new projects of 1 to 300 resources, syncs, each stage.

`make bench` prints the table. Figures, not tests: they depend on the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1, 10, 100, 300)
RUNS = 5
UNLIKE = "PYTHONDONTWRITEBYTECODE"
"""A variable that nothing is run with: who has installed a tool has it compiled."""
STAGES = {
    "read": "generator.pipeline",
    "own_resources": "generator.generation",
    "project_view": "generator.views",
    "plan": "generator.plan",
    "render": "generator.render",
    "initial_revision": "generator.migrations.revision",
    "formatted": "generator.generation",
    "merge": "generator.pipeline",
    "create": "generator.project",
    "first_commit": "generator.git",
}
"""The stages, and the module in which each is looked up; `create` holds the commit."""

MEASURED = """
import resource, runpy, sys
sys.argv = ["scaffold", *sys.argv[1:]]
try:
    runpy.run_module("generator", run_name="__main__")
finally:
    own = resource.getrusage(resource.RUSAGE_SELF)
    ruff = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = own.ru_utime + own.ru_stime + ruff.ru_utime + ruff.ru_stime
    print(busy, own.ru_maxrss, file=sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """What one command line takes: seconds on the clock, seconds of CPU, MiB at its peak."""

    clock: float
    cpu: float
    peak: float


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


def command(*words: str, runs: int = RUNS, **environment: str) -> Cost:
    """Run a command line in processes of its own and return the least of some runs."""
    return least([_run(words, environment) for _ in range(runs)])


def least(costs: list[Cost]) -> Cost:
    """Return the least times of some runs, and the highest peak."""
    return Cost(
        clock=min(run.clock for run in costs),
        cpu=min(run.cpu for run in costs),
        peak=max(run.peak for run in costs),
    )


def _run(words: tuple[str, ...], environment: dict[str, str]) -> Cost:
    inherited = {name: value for name, value in os.environ.items() if name != UNLIKE}
    started = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        cwd=ROOT,
        env={**inherited, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    busy, peak = done.stderr.split()[-2:]
    return Cost(clock=perf_counter() - started, cpu=float(busy), peak=int(peak) / 1024)


def stages(page: Path, folder: Path) -> dict[str, float]:
    """Make a project in this process and return the seconds that each stage took.

    `initial_revision` is written here after the rest; the command has a process for it beside.
    """
    sys.path.insert(0, str(ROOT))
    from generator import pipeline  # noqa: PLC0415 - the processes above start without it

    spent: dict[str, float] = {}
    with ExitStack() as stack:
        for name, module in STAGES.items():
            holder = import_module(module)
            clocked = _clocked(getattr(holder, name), name, spent)
            stack.enter_context(mock.patch.object(holder, name, clocked))
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


def say(label: str, *cells: str) -> None:
    """Print one line of the table."""
    sys.stdout.write(f"{label:<30}{''.join(f'{cell:>12}' for cell in cells)}\n")


def milliseconds(seconds: float) -> str:
    """Return a time as a cell."""
    return f"{seconds * 1000:.1f} ms"


def first_run(page: Path) -> Cost:
    """Return what a new project takes where no template has been compiled yet."""
    with tempfile.TemporaryDirectory() as cache:
        return command("new", str(page), "--dry-run", runs=1, XDG_CACHE_HOME=cache)


def written(page: Path) -> Cost:
    """Return what a new project takes that is really written, its first commit included."""
    with tempfile.TemporaryDirectory() as folder:
        costs = [_run(("new", str(page), f"{folder}/{run}"), {}) for run in range(RUNS)]
    return min(costs, key=lambda cost: cost.clock)


def syncs(page: Path) -> dict[str, Cost]:
    """Return what a sync takes where nothing has changed, and where one field is new."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        _run(("new", str(page), str(project), "--no-git"), {})
        nothing = command("sync", str(project))
        text = page.read_text(encoding="utf-8")
        more = text.replace("      text0:", "      more: int?\n      text0:", 1)
        (project / "service.yaml").write_text(more, encoding="utf-8")
        planned = command("plan", str(project))
        copies = [shutil.copytree(project, Path(folder) / str(run)) for run in range(RUNS)]
        synced = least([_run(("sync", str(copy)), {}) for copy in copies])
        return {
            "sync of nothing": nothing,
            "plan of one field": planned,
            "sync of one field": synced,
        }


def commands(pages: dict[int, Path]) -> None:
    """Print what whole commands take, and how that grows."""
    say("", "clock", "CPU", "peak")
    costs = {size: command("new", str(page), "--dry-run") for size, page in pages.items()}
    rows = {
        "--help": command("--help"),
        **{f"new --dry-run, {size} resources": cost for size, cost in costs.items()},
        "10 resources, the first run": first_run(pages[10]),
        "10 resources, and written": written(pages[10]),
        **{f"10 resources, {name}": cost for name, cost in syncs(pages[10]).items()},
    }
    for label, cost in rows.items():
        say(label, milliseconds(cost.clock), milliseconds(cost.cpu), f"{cost.peak:.0f} MiB")
    for less, more in pairwise(SIZES):
        clock, cpu = (
            (getattr(costs[more], kind) - getattr(costs[less], kind)) / (more - less)
            for kind in ("clock", "cpu")
        )
        say(f"a resource, from {less} to {more}", milliseconds(clock), milliseconds(cpu))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        pages = {size: root / f"{size}.yaml" for size in SIZES}
        for size, page in pages.items():
            page.write_text(spec(size), encoding="utf-8")
        commands(pages)
        spent = {size: stages(page, root / str(size)) for size, page in pages.items()}
    say("\nby stage, on the clock", *(f"{size} res." for size in SIZES))
    for name in STAGES:
        say(f"  {name}", *(milliseconds(spent[size].get(name, 0.0)) for size in SIZES))


if __name__ == "__main__":
    main()
