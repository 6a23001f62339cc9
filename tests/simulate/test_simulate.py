"""The simulator's invariants, for a few merges always and for hundreds in the proof."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from generated.projects import run

from generator import project
from simulate.changes import CHANGES
from simulate.edits import KINDS
from simulate.renders import changed, rendered
from simulate.run import Judged, Person, histories, synced
from simulate.specs import sample, text_of

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


HARMLESS = (
    "method_added_at_the_end",
    "method_added_behind_another",
    "function_added_at_the_end",
    "function_added_above_a_class",
    "constant_added",
    "class_added",
    "body_changed_at_the_start",
    "body_changed_before_the_end",
    "early_return",
    "docstring_changed",
    "comment_added",
    "trailing_comment",
    "decorator_added",
    "parameter_added",
    "import_added",
    "import_extended",
    "variable_renamed",
    "members_reordered",
    "body_wrapped",
    "test_added",
    "test_added_behind_another",
    "test_edited",
    "factory_changed",
    "fixture_added",
    "line_endings",
    "laid_out_otherwise",
)
"""Kinds of edit that leave what the service does as it was."""


@pytest.mark.proof
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_project_that_was_merged_passes_its_own_tests(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = sample("bookstore")
    before = rendered(text_of(data))
    person = Person(before, chance)
    found: list[Judged] = []
    for _ in range(2):
        person.work([chance.choice(HARMLESS) for _ in range(40)])
        step = changed(data, chance.sample(sorted(CHANGES.keys() - {"database"}), 4), chance)
        assert step
        found += synced(person, before, step)
        data, before = step.data, step.tree
    assert found
    migrations = before.select(lambda path: path.startswith("migrations/versions/"))
    project.write(person.tree.with_files(migrations), tmp_path)
    done = run(["-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"], tmp_path, {})
    assert done.returncode == 0, done.stdout[-6000:]


def shown(found: Judged) -> str:
    case = found.case
    return f"{found.verdict}: {case.path}: {', '.join(case.kinds)} and {', '.join(case.changes)}"
