"""What this version can't build is refused at its place, and checked all the same."""

from __future__ import annotations

import pytest
from marked import HEAD, Expected, problems_of, unmarked

from generator.spec.unsupported import UNSUPPORTED, Unsupported

BOOK = "resources:\n  book:\n    "

PLACES: dict[str, tuple[str, ...]] = {
    "`events`": (BOOK + "«events»: [created]",),
}

IN_TABLE = [(line, text) for line in UNSUPPORTED for text in PLACES[line.what]]


@pytest.mark.parametrize(("line", "text"), IN_TABLE, ids=range(len(IN_TABLE)))
def test_each_line_refuses_at_its_place(line: Unsupported, text: str) -> None:
    text, (expected,) = unmarked(HEAD + text + "\n")
    (problem,) = [p for p in problems_of(text, refuse=(line,)) if p.code == "not-in-this-version"]
    assert Expected(problem.line, problem.column, problem.length) == expected, problem.render()
    assert line.what in problem.message


def test_a_plain_spec_is_refused_nothing() -> None:
    text = (
        HEAD + BOOK + "fields: {title: string index}\n    versioned: true\n    soft_delete: false\n"
    )
    assert problems_of(text, refuse=UNSUPPORTED) == ()


def test_what_is_refused_is_no_second_mistake() -> None:
    text = HEAD + BOOK + "cache: 60s\n    events: [created]\n"
    assert {p.code for p in problems_of(text, refuse=())} == {"feature-off"}
    codes = {p.code for p in problems_of(text, refuse=UNSUPPORTED)}
    assert codes <= {"feature-off", "not-in-this-version"}
    assert len(problems_of(text, refuse=UNSUPPORTED)) == 2


def test_the_rest_of_the_spec_is_still_checked() -> None:
    text = HEAD + BOOK + "cache: 60s\n    fields: {x: decimel}\n"
    assert "unknown-type" in [p.code for p in problems_of(text, refuse=UNSUPPORTED)]


def test_the_table_has_no_line_twice_and_each_is_tested() -> None:
    names = [line.what for line in UNSUPPORTED]
    assert len(set(names)) == len(names)
    assert set(names) <= set(PLACES)
