"""A problem as people read it, and as programs do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import problems_of
from spec_grammar import GRAMMAR

from generator.errors import ExitStatus, Problem, ScaffoldError, SpecError, quoted
from generator.spec.load import load

SPEC = """scaffold: 1
service: {name: bookstore}
resources:
  book:
    fields:
      price: decimel(10, 2) >= 0
"""
RENDERED = """\
service.yaml:6:14: error[unknown-type]: resources.book.fields.price: no type or enum "decimel"
  |
6 |       price: decimel(10, 2) >= 0
  |              ^^^^^^^ did you mean "decimal"?"""


def test_a_problem_is_shown_as_the_language_promises() -> None:
    with pytest.raises(SpecError) as caught:
        load(SPEC, GRAMMAR)
    assert str(caught.value) == RENDERED
    assert caught.value.exit_status is ExitStatus.BAD_INPUT
    (problem,) = caught.value.problems
    assert problem.as_dict() == {
        "code": "unknown-type",
        "message": 'no type or enum "decimel"',
        "file": "service.yaml",
        "line": 6,
        "column": 14,
        "path": "resources.book.fields.price",
        "suggestion": "decimal",
    }


def test_the_file_is_named_as_it_was_given() -> None:
    with pytest.raises(SpecError, match=r"^some/where\.yaml:6:14: "):
        load(SPEC, GRAMMAR, file="some/where.yaml")


def problem(line: str, column: int, length: int = 1) -> Problem:
    return Problem(
        code="x", message="m", file="f", line=1, column=column, length=length, source_line=line
    )


def test_the_caret_stands_below_wide_characters_and_tabs() -> None:
    assert problem("東京: x", 5).render().splitlines()[-1] == "  |       ^"
    assert problem("a\tb", 3).render().splitlines()[-2:] == ["1 | a b", "  |   ^"]


def test_a_very_long_line_is_cut_around_the_caret() -> None:
    *_, line, caret = problem("a" * 5000 + "b" + "a" * 5000, 5001).render().splitlines()
    assert len(line) < 200
    assert line[caret.index("^")] == "b"


def test_nothing_in_a_spec_moves_the_terminal() -> None:
    assert "\x1b" not in problem("a: \x1b[31mred\x1b[0m", 4).render()
    assert quoted("\x1b[31m" + "a" * 100).startswith('"\N{REPLACEMENT CHARACTER}[31ma')
    assert len(quoted("a" * 100)) == 62


@given(st.text(max_size=300), st.integers(1, 300), st.integers(1, 300))
def test_rendering_never_fails(line: str, column: int, length: int) -> None:
    one_line = " ".join(line.splitlines())
    shown = problem(one_line, column, length).render()
    assert "^" in shown


def test_an_error_of_another_kind_has_its_own_status() -> None:
    assert ScaffoldError("conflicts", ExitStatus.DRIFT).exit_status == 1
    assert ScaffoldError("bad input").exit_status == 2


def test_a_list_of_words_moves_no_terminal() -> None:
    page = (
        "scaffold: 1\nservice: {name: a}\n"
        'enums: {Size: ["small\\n", "\\x1b[31mred"]}\n'
        'resources: {a: {fields: {size: "Size = large"}}}\n'
    )
    (problem,) = problems_of(page)
    assert problem.code == "bad-default"
    assert problem.message.isprintable()
