"""The cover has every pair of options, and the same projects on every machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cover.factors import Row, factors, rows
from cover.pages import page

from generator import pipeline
from generator.errors import SpecError

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
        with pytest.raises(SpecError):
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
