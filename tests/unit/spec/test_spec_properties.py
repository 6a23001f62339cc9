"""Any valid spec loads, one mistake put into it is one located error, and nothing crashes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import Expected, problems_of, unmarked
from spec_grammar import GRAMMAR
from strategies import Written, quote, specs, texts
from test_wrong_fields import CASES

from generator.errors import SpecError
from generator.spec.load import load

CONTEXT = ("title", "tilte", "secret", "count", "Color", "Colour", "color", "book", "from «x»")
MISTAKES = [
    (line, code)
    for line, code, _ in CASES
    if not any(word in line for word in CONTEXT) and code != "yaml"
]


@settings(max_examples=120)
@given(specs())
def test_every_valid_spec_loads(written: Written) -> None:
    spec = load(written.text(), GRAMMAR)
    own = [one.name for one in written.resources if one.name != "user"]
    assert [one.name for one in spec.resources] == own


@settings(max_examples=40)
@given(specs())
def test_what_can_be_built_is_not_refused(written: Written) -> None:
    load(written.text(), GRAMMAR)


@settings(max_examples=100)
@given(specs(), st.sampled_from(MISTAKES), st.integers(0, 3))
def test_one_mistake_is_one_located_error(
    written: Written, mistake: tuple[str, str], number: int
) -> None:
    if not written.resources:
        return
    line, code = mistake
    wrong = written.add_field(number, f"zz_wrong: {line}").text()
    before, _, behind = wrong.rpartition("zz_wrong: ")
    text, (expected,) = unmarked(before.replace("«", "<").replace("»", ">") + "zz_wrong: " + behind)
    (problem,) = problems_of(text)
    assert problem.code == code, problem.render()
    assert Expected(problem.line, problem.column, problem.length) == expected, problem.render()


@settings(max_examples=80)
@given(specs(), st.data())
def test_a_damaged_spec_is_answered_with_places_inside_of_it(
    written: Written, data: st.DataObject
) -> None:
    text = written.text()
    start = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 8))
    noise = data.draw(st.text(":?-[]{}()&*!|>'\"%@`#,=/ \n\tab1\\", max_size=4))
    check_answer(text[:start] + noise + text[start + cut :])


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    check_answer(text)
    check_answer(
        "scaffold: 1\nservice: {name: a}\nresources: {a: {fields: {x: " + quote(text) + "}}}"
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    with pytest.raises(SpecError):
        load(data, GRAMMAR)


@settings(max_examples=80)
@given(st.lists(st.sampled_from(["string", "int", "(", ")", "5", "..", "[]", "?", "unique", ">=",
       "=", "/", "/a/", "from", "inverse", "belongs_to", "a", ",", "on_delete", "cascade", "[", "'",
       '"', "{", "}", "decimal(5, 2)", "-1", "null"]), max_size=8))  # fmt: skip
def test_any_line_of_our_own_words_is_answered(words: list[str]) -> None:
    line = quote(" ".join(words))
    head = "scaffold: 1\nservice: {name: a}\nresources:\n  a:\n    "
    check_answer(f"{head}fields: {{x: {line}}}\n")
    check_answer(f"{head}relations: {{x: {line}}}\n")
    check_answer(f"{head}fields: {{x: {{type: {line}, default: {line}}}}}\n")


@given(texts())
def test_a_default_of_text_is_exact(text: str) -> None:
    for line in (quote(f"string = {quote(text)}"), f"{{type: string, default: {quote(text)}}}"):
        page = f"scaffold: 1\nservice: {{name: a}}\nresources: {{a: {{fields: {{x: {line}}}}}}}\n"
        default = load(page, GRAMMAR).resources[0].fields[0].default
        assert default is not None
        assert default.value == text


def check_answer(text: str) -> None:
    problems = problems_of(text)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines), problem
        assert problem.source_line == lines[problem.line - 1], problem
        assert 1 <= problem.column <= len(problem.source_line) + 1, problem
        assert 1 <= problem.length <= max(1, len(problem.source_line) - problem.column + 1)
        assert "\n" not in problem.message
        assert problem.render()
