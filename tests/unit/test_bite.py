"""Each breakage of `make bite` still finds its place in the code that is generated today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bite.breakage import Breakage
from bite.breakages import BREAKAGES

from generator import pipeline
from generator.tree import Tree

SPEC = Path(__file__).parents[2] / "sample_specs/bookstore.yaml"


@pytest.fixture(scope="module")
def tree() -> Tree:
    text = SPEC.read_text(encoding="utf-8")
    return pipeline.generate(pipeline.read(text), text)


@pytest.mark.parametrize("one", BREAKAGES, ids=lambda one: one.what)
def test_a_breakage_finds_its_place(tree: Tree, one: Breakage) -> None:
    assert re.search(one.found, tree[one.path], re.DOTALL)
