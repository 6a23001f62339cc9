"""Every code is explained, with one spec that has just this mistake and one that has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from marked import problems_of

import generator.spec
from generator import pipeline
from generator.errors import ScaffoldError, SpecError
from generator.spec.codes import CODES, Code, explain, page

CODE = re.compile(r'"(yaml|misplaced|contradiction|[a-z]+(?:-[a-z]+)+)"')


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_the_wrong_example_has_its_mistake_once_and_the_right_one_none(code: Code) -> None:
    assert [problem.code for problem in problems_of(code.wrong)] == [code.code]
    assert problems_of(code.right) == ()


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_tool_itself_answers_the_examples_so(code: str) -> None:
    assert _of_the_tool(CODES[code].wrong) == [code]


def _of_the_tool(text: str) -> list[str]:
    try:
        pipeline.read(text)
    except SpecError as error:
        return [problem.code for problem in error.problems]
    return []


def test_every_code_that_the_loader_uses_is_explained_and_the_other_way_round() -> None:
    used: set[str] = set()
    for path in Path(generator.spec.__file__).parent.glob("*.py"):
        if not path.name.startswith("code"):
            used |= set(
                re.findall(r'"(yaml|misplaced|contradiction|[a-z]+(?:-[a-z]+)+)"', path.read_text())
            )
    assert used - {"utf-8"} == set(CODES)


def test_explain() -> None:
    text = explain("unknown-type")
    assert text.startswith("error[unknown-type]: ")
    assert "price: decimel(10, 2)" in text
    assert explain("error[unknown-type]") == text
    assert max(len(line) for code in CODES for line in explain(code).splitlines()) <= 100


def test_explaining_what_is_no_code_names_the_nearest() -> None:
    with pytest.raises(ScaffoldError, match='did you mean "unknown-type"'):
        explain("unkown-type")
    with pytest.raises(ScaffoldError, match="there are yaml"):
        explain("zzz")


def test_the_page_of_errors_is_in_step() -> None:
    written = Path(__file__).parents[3] / "docs" / "errors.md"
    assert written.read_text(encoding="utf-8") == page()
