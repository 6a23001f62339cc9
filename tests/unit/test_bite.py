"""Each breakage of `make bite` still finds its place in the code that is generated today."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from bite.breakage import Breakage
from bite.projects import Bite, by_nearness, seeded
from bite.report import is_enough, table, totals
from bite.samples import SAMPLES

from generator import pipeline
from generator.tree import Tree

SPECS = Path(__file__).parents[2] / "sample_specs"
EVERY = [
    pytest.param(name, one, id=f"{name}: {one.what}")
    for name, groups in SAMPLES.items()
    for group in groups.values()
    for one in group
]
ONE = Breakage("nothing is found", "app/resources/books/service.py", "found", "lost")


@cache
def tree(name: str) -> Tree:
    text = (SPECS / f"{name}.yaml").read_text(encoding="utf-8")
    return pipeline.generate(pipeline.read(text), text)


@pytest.mark.parametrize(("name", "one"), EVERY)
def test_a_breakage_finds_its_place(name: str, one: Breakage) -> None:
    changed = seeded(tree(name)[one.path], one)
    assert changed is not None
    if one.path.endswith(".py"):
        compile(changed, one.path, "exec")


def test_no_two_breakages_of_a_sample_are_called_alike() -> None:
    for groups in SAMPLES.values():
        names = [one.what for group in groups.values() for one in group]
        assert len(set(names)) == len(names)


def test_the_tests_of_what_is_broken_run_first() -> None:
    files = ["tests/resources/test_authors.py", "tests/resources/test_books.py"]
    assert by_nearness(files, ONE) == (files[1:], files[:1])


def test_one_of_ten_may_escape_and_no_more() -> None:
    bites = [Bite(ONE, "test_it")] * 9 + [Bite(ONE, None)]
    assert is_enough(bites)
    assert not is_enough([*bites, Bite(ONE, None)])


def test_the_table_says_what_caught_each_and_what_was_not_caught() -> None:
    bites = [Bite(ONE, "tests/test_books.py::test_get"), Bite(ONE, None)]
    lines = [line for line, _ in table("bookstore", {"lists": (ONE, ONE)}, iter(bites))]
    assert lines == [
        "\nbookstore: lists",
        f"  {ONE.what}  {ONE.path}  tests/test_books.py::test_get",
        f"  {ONE.what}  {ONE.path}  NOT CAUGHT",
    ]
    assert [*totals({"bookstore": bites})][-1].endswith("1 of 2 breakages were caught (50.0%).")
