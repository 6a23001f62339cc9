"""Whole projects, word for word: `make golden` records them again, and the diff is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline
from generator.project import SPEC

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize(
    "case", sorted(GOLDEN.glob(f"*/{SPEC}")), ids=lambda path: path.parent.name
)
def test_a_spec_becomes_the_project_that_was_recorded(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    tree = pipeline.generate(pipeline.read(text), text).without([SPEC])
    expected = case.parent / "expected"
    files = (path for path in expected.rglob("*") if path.is_file())
    recorded = {path.relative_to(expected).as_posix(): path.read_bytes() for path in files}
    assert sorted(recorded) == list(tree)
    for path, content in tree.items():
        assert content.encode() == recorded[path], path
