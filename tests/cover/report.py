"""The table of the cover, below what pytest prints: each project, and what came of every step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

from cover.factors import Row, factors, rows

STEPS = {
    "code": "code",
    "types": "types",
    "migrations": "migrations",
    "own_tests": "own tests",
    "walk": "walk",
    "requests": "requests",
    "schemathesis": "schemathesis",
}
"""The heading of each test of a project."""
SHOWN = ("engine", "auth", "pagination", "case", "key")
"""The factors with a column of their own; of the others, what differs from the plainest is told."""
STEP = re.compile(r"cover/test_cover\.py::test_(?P<step>\w+)\[(?P<row>cover-\d+)")
WORST_FIRST = ("error", "failed", "skipped", "passed")
NOT_RUN = ""

Outcomes = Mapping[tuple[str, str], str]
"""What came of a step, by the names of project and step."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, where a project of the cover was tried."""
    reports = (
        (report.nodeid, outcome)
        for outcome in WORST_FIRST
        for report in terminalreporter.stats.get(outcome, ())
    )
    if found := outcomes(reports):
        terminalreporter.section("the cover")
        for line in table(found):
            terminalreporter.write_line(line)


def outcomes(reports: Iterable[tuple[str, str]]) -> Outcomes:
    """The worst that came of each step, from the names of tests and what came of them."""
    found: dict[tuple[str, str], str] = {}
    for name, outcome in reports:
        if step := STEP.search(name):
            key = (step["row"], step["step"])
            found[key] = min(found.get(key, outcome), outcome, key=WORST_FIRST.index)
    return found


def table(found: Outcomes) -> Iterator[str]:
    """The lines of a table in Markdown."""
    headings = ["project", *SHOWN, "and", *STEPS.values()]
    yield line(headings)
    yield line(["---"] * len(headings))
    tried = {name for name, _ in found}
    for row in rows():
        if str(row) in tried:
            levels = dict(row.levels)
            shown = [levels[factor] for factor in SHOWN]
            yield line([str(row), *shown, others(row), *came_of(row, found)])


def came_of(row: Row, found: Outcomes) -> list[str]:
    """What came of each step of a project."""
    return [found.get((str(row), step), NOT_RUN) for step in STEPS]


def others(row: Row) -> str:
    """The other levels of a project that add something to its spec."""
    pieces = factors().pieces
    told = [
        f"{factor}: {level}"
        for factor, level in row.levels
        if factor not in SHOWN and pieces[factor][level]
    ]
    return ", ".join(told).replace("_", " ")


def line(cells: Iterable[str]) -> str:
    """A line of the table."""
    return f"| {' | '.join(cells)} |"
