"""What is printed and written of the figures."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from service.measure import Figure, Figures
from service.starting import STACK, Start

FLOOR, TUTORIAL, OURS = "bare", "idiomatic", "ours"
COLUMNS = (
    ("", 24),
    ("bare", 7),
    ("idiom.", 7),
    ("ours", 7),
    ("bare/ours", 10),
    ("idiom./ours", 12),
    ("ours/s", 8),
    ("p50 ms", 7),
    ("p99 ms", 7),
    ("SQL", 10),
)


def machine() -> str:
    """The machine in a line."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def table(rows: int, figures: Figures) -> Iterator[str]:
    """A line for each operation."""
    yield f"\n{rows:,} rows: microseconds of a core for each request, and what follows"
    yield "".join(f"{name:>{width}}" if name else " " * width for name, width in COLUMNS)
    for name, figure in figures.items():
        yield line(name, figure)


def line(name: str, figure: Mapping[str, Figure]) -> str:
    """What one operation takes."""
    floor, tutorial, own = figure[FLOOR], figure[TUTORIAL], figure[OURS]
    cells = (
        f"{floor.cost:.0f}",
        f"{tutorial.cost:.0f}",
        f"{own.cost:.0f}",
        f"{floor.cost / own.cost:.2f}",
        f"{tutorial.cost / own.cost:.1f}",
        f"{own.rate:.0f}",
        f"{own.p50:.1f}",
        f"{own.p99:.1f}",
        "/".join(f"{one.round_trips:g}" for one in (floor, tutorial, own)),
    )
    widths = [width for _, width in COLUMNS[1:]]
    return f"{name:<{COLUMNS[0][1]}}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)
    )


def starts(weights: Mapping[str, Start]) -> Iterator[str]:
    """What it takes each to be there, beside the stack alone."""
    floor = weights[STACK]
    yield "\nto the first answer: seconds, MiB, and both beside importing the stack alone"
    for name, one in weights.items():
        times, weighs = one.seconds / floor.seconds, one.memory / floor.memory
        yield f"{name:<24}{one.seconds:>7.2f}{one.memory:>7.0f}{times:>10.2f}{weighs:>12.2f}"


def write(path: Path, results: Mapping[int, Figures], weights: Mapping[str, Start]) -> None:
    """Everything, as JSON."""
    told = [
        {
            "rows": rows,
            "operations": {
                name: {service: asdict(one) for service, one in figure.items()}
                for name, figure in figures.items()
            },
        }
        for rows, figures in results.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = {name: asdict(one) for name, one in weights.items()}
    whole = {"machine": machine(), "starts": begun, "results": told}
    path.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
