"""The simulator's invariants, for a few merges always and for hundreds in the proof."""

from __future__ import annotations

import itertools

import pytest

from simulate.changes import CHANGES
from simulate.edits import KINDS
from simulate.run import Judged, histories

QUICK, MANY = 25, 300


def test_there_are_many_kinds() -> None:
    assert len(KINDS) >= 40
    assert len(CHANGES) >= 40


@pytest.mark.parametrize(
    ("seed", "merges"),
    [pytest.param(1, QUICK, id="few"), pytest.param(7, MANY, id="many", marks=pytest.mark.proof)],
)
def test_no_edit_is_lost_and_nothing_clean_is_broken(seed: int, merges: int) -> None:
    found = list(itertools.islice(histories(seed), merges))
    wrong = [shown(one) for one in found if one.verdict.outcome in {"lost", "broken"}]
    assert not wrong, "\n".join(wrong)
    false = [shown(one) for one in found if one.verdict.outcome == "false conflict"]
    assert len(false) <= max(1, len(found) // 100), "\n".join(false)


def shown(found: Judged) -> str:
    case = found.case
    return f"{found.verdict}: {case.path}: {', '.join(case.kinds)} and {', '.join(case.changes)}"
