"""What is printed and written of the figures."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from service.alone import Costs, Weight
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


def elsewhere(costs: Costs) -> Iterator[str]:
    """A line for each operation, with two cells for each place."""
    yield "\nours alone: microseconds of a core for each request, and requests a second"
    yield " " * 24 + "".join(f"{name:>18}" for name in costs)
    for name in next(iter(costs.values())):
        rounds = (place[name] for place in costs.values())
        yield f"{name:<24}" + "".join(f"{one.cost:>9.0f}{one.rate:>7.0f}/s" for one in rounds)


def weight(one: Weight) -> str:
    """A line of what a service weighs."""
    return f"after {one.requests:>9,} requests {one.memory:>6.1f} MiB {one.refused:>6,} refused"


def write(
    path: Path,
    results: Mapping[int, Figures],
    weights: Mapping[str, Start],
    costs: Costs,
    soaked: Sequence[Weight],
) -> None:
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
    places = {
        place: {name: asdict(one) for name, one in rounds.items()}
        for place, rounds in costs.items()
    }
    whole = {
        "machine": machine(),
        "starts": begun,
        "results": told,
        "alone": places,
        "soak": [asdict(one) for one in soaked],
    }
    path.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
