"""The commonest slips are told where they were made, and how to put them right."""

from __future__ import annotations

import pytest
from marked import problems_of

HEAD = "scaffold: 1\nservice:\n  name: clinic\nresources:\n"
SLIPS = {
    "no-colon": ("  patient\n    fields:\n      a: int\n", (5, 3), "takes a colon"),
    "no-colon-in-a-field": (
        "  a:\n    fields:\n      b int\n      c: int\n",
        (7, 7),
        "takes a colon",
    ),
    "indentation": ("  a:\n    fields:\n      b: int\n     c: int\n", (8, 6), "indented"),
    "open-brace": ("  a:\n    access: {read: public\n    fields: {}\n", (6, 13), "not closed"),
    "open-bracket": ("  a:\n    unique: [[b\n    fields: {}\n", (6, 14), "not closed"),
    "no-blank": ("  a:fields\n", (5, 3), "a blank behind"),
    "dashes": ("  a:\n    fields:\n      - b: int\n", (6, 5), "without a dash"),
    "default-first": (
        "  a:\n    fields:\n      b: datetime = now readonly\n",
        (7, 21),
        "before the =",
    ),
    "bound-as-check": ("  a:\n    fields: {b: int}\n    checks: [b > 3]\n", (7, 18), "own line"),
    "tab": ("\ta: {}\n", (5, 1), "a tab"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_where_it_was_made(name: str) -> None:
    text, place, words = SLIPS[name]
    problem, *others = problems_of(HEAD + text)
    assert (problem.line, problem.column) == place, problem.render()
    assert words in problem.message
    assert others == []


def test_a_value_with_a_colon_is_told_to_be_quoted() -> None:
    (problem,) = problems_of("scaffold: 1\nservice:\n  name: shop\n  title: Shop: new\n")
    assert problem.line == 4
    assert "quotes" in problem.message
