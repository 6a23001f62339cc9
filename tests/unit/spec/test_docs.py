"""Every example in the pages about the language loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from marked import HEAD, problems_of

from generator import pipeline
from generator.spec.codes import CODES

DOCS = Path(__file__).parents[3] / "docs"
PAGES = [DOCS / "spec.md"]
BLOCKS = [
    (f"{page.name}-{number}", block)
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    )
]

OF_NOW = [(name, block) for name, block in BLOCKS if "# not in this version" not in block]


@pytest.mark.parametrize(("name", "text"), BLOCKS, ids=[name for name, _ in BLOCKS])
def test_every_example_loads(name: str, text: str) -> None:
    whole = text if text.startswith("scaffold:") else HEAD + text
    problems = problems_of(whole)
    assert not problems, "\n".join(problem.render() for problem in problems)


@pytest.mark.parametrize(("name", "text"), OF_NOW, ids=[name for name, _ in OF_NOW])
def test_the_tool_itself_takes_every_example_that_is_not_for_later(name: str, text: str) -> None:
    pipeline.read(text if text.startswith("scaffold:") else HEAD + text)


def test_the_pages_have_examples_and_name_only_real_codes() -> None:
    assert len(BLOCKS) >= 10
    for page in PAGES:
        named = re.findall(r"error\[([a-z-]+)\]", page.read_text(encoding="utf-8"))
        assert set(named) <= set(CODES)
