"""Every pair of options works: each project of the cover takes every step of the proof."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from features.outside import outside
from generated.agreement.lockstep import play
from generated.agreement.story import story
from generated.databases import empty_database
from generated.judge import CALLERS, judge
from generated.migrations import go_both_ways
from generated.projects import Project
from generated.server import Server, admin
from generated.test_code import CHECKS

from cover.factors import Row, rows
from cover.maker import Maker
from cover.walk import link, live

SAMPLE = (1, 2, 3)
"""The projects that the shorter proof tries: together on every engine."""
REQUESTS = 150
"""How many of any kind follow on the walk."""
PATIENCE = {"DATABASE_TIMEOUT_SECONDS": "30"}
"""Projects that are tried beside each other keep a machine busy, which is no fault of theirs."""
EXAMPLES = "4"
"""Of each operation, for each caller: there are forty projects."""


def callers(row: Row) -> tuple[str, ...]:
    """Who asks: nobody, and where there are accounts a user and an admin too."""
    return CALLERS[:1] if dict(row.levels)["auth"] == "none" else CALLERS


def parameter(row: Row, *others: str) -> object:
    """A row; `scheduling` keeps its steps together by the id."""
    is_short = row.number in SAMPLE and others in ((), (in_turn(row),))
    mark = pytest.mark.proof if is_short else pytest.mark.thorough
    return pytest.param(row, *others, id=name(row, *others), marks=mark)


def in_turn(row: Row) -> str:
    """The one who asks in the shorter proof: each of them asks one of its projects."""
    asking = callers(row)
    return asking[(row.number - 1) % len(asking)]


def name(row: Row, *others: str) -> str:
    """What a step of a row is called."""
    return "-".join([str(row), row.engine, *others])


each_row = pytest.mark.parametrize("row", [*map(parameter, rows())])
each_caller = pytest.mark.parametrize(
    ("row", "caller"), [parameter(row, caller) for row in rows() for caller in callers(row)]
)


@each_row
def test_code(project: Project) -> None:
    for check in CHECKS.values():
        project.must("-m", *check)


@each_row
def test_types(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.getbasetemp() / "mypy"
    project.must("-m", "mypy", "--cache-dir", str(cache))


@each_row
def test_migrations(project: Project, tmp_path: Path) -> None:
    with empty_database(project.engine, tmp_path) as url:
        go_both_ways(project, url)


@each_row
def test_own_tests(project: Project, tmp_path: Path) -> None:
    words = ["-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    # Its workers name their databases after this one; other projects are tested beside it.
    with empty_database(project.engine, tmp_path) as url, outside(project) as shared:
        where = {} if project.engine == "sqlite" else {"TEST_DATABASE_URL": url}
        said = project.must(*words, **PATIENCE, **where, **shared)
    assert re.search(r"^\d+ passed", said.splitlines()[-1]), said
    assert project.engine == "sqlite" or "skipped" not in said


@each_row
def test_walk(server: Server) -> None:
    token = None if server.project.is_open else admin(server)
    with server.connect(token) as client:
        maker = Maker(server, client)
        for resource in maker.spec.resources:
            live(maker, resource)
            link(maker, resource)


@each_row
def test_requests(server: Server, row: Row) -> None:
    turns = []
    for turn in play([server], seed=row.number, count=REQUESTS):
        turns.append(turn)
        assert turn.first["status"] < 500, story(turns)


@each_caller
def test_schemathesis(server: Server, caller: str) -> None:
    judge(server, caller, "--max-examples", EXAMPLES)
