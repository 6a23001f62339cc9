"""The cover has every pair of options, and the same projects on every machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from cover.factors import Row, factors, rows
from cover.pages import page
from cover.report import outcomes, table
from cover.test_cover import SAMPLE, name
from generated.scheduling import together

from generator import pipeline
from generator.errors import SpecError
from generator.spec.model import Engine

NUMBERED = "from cover.factors import rows\nprint(rows())"
TESTS = Path(__file__).parents[1]


def test_every_pair_that_can_be_is_in_a_project() -> None:
    met = {pair for row in rows() for pair in row.pairs()}
    assert [dict(pair) for pair in factors().pairs() if pair not in met] == []


def test_no_project_is_what_cannot_be() -> None:
    assert [str(row) for row in rows() if not factors().can_be(dict(row.levels))] == []


def test_only_what_the_language_refuses_is_excluded() -> None:
    first = dict(rows()[0].levels)
    for levels in factors().excluded:
        row = Row(0, tuple({**first, **levels}.items()))
        with pytest.raises((SpecError, TypeError)):
            pipeline.read(page(row))


@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_is_a_spec_on_its_engine(row: Row) -> None:
    assert pipeline.read(page(row)).database == row.engine


def test_they_are_the_same_whatever_the_seed() -> None:
    variables = {"PYTHONHASHSEED": "1", "PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-c", NUMBERED],
        env=variables,
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == repr(rows())


def test_every_engine_is_in_the_sample_of_the_shorter_proof() -> None:
    assert {row.engine for row in rows() if row.number in SAMPLE} == {*get_args(Engine)}


def test_the_steps_of_a_project_run_in_one_worker() -> None:
    scopes = {together(f"test_walk[{name(row)}]") for row in rows()}
    assert len(scopes) == len(rows())
    assert together(f"test_schemathesis[{name(rows()[0], 'user')}]") in scopes


def test_the_page_on_the_proof_has_the_factors_and_the_numbers() -> None:
    text = (TESTS.parent / "docs/proof.md").read_text("utf-8")
    for factor, levels in factors().pieces.items():
        assert f"| {factor} | {', '.join(levels)} |".replace("_", " ") in text
    assert f"{sum(1 for _ in factors().pairs()):,} pairs, in {len(rows())} projects" in text


def test_the_table_tells_the_worst_of_each_step() -> None:
    folder = "tests/cover/test_cover.py::test_"
    found = outcomes(
        [
            (f"{folder}schemathesis[cover-02-mariadb-user]", "failed"),
            (f"{folder}schemathesis[cover-02-mariadb-nobody]", "passed"),
            (f"{folder}walk[cover-02-mariadb]", "passed"),
            ("tests/unit/test_tree.py::test_walk[cover-03]", "passed"),
        ]
    )
    head, _, *lines = table(found)
    (told,) = (dict(zip(cells(head), cells(line), strict=True)) for line in lines)
    assert (told["project"], told["engine"]) == ("cover-02", rows()[1].engine)
    assert (told["walk"], told["schemathesis"], told["code"]) == ("passed", "failed", "")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
