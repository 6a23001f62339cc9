"""TOML and YAML merged by their keys."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from generator.merge import merge_file
from generator.merge.outline.toml import toml_outline
from generator.merge.outline.yaml import yaml_outline

ROOT = Path(__file__).parents[3]

TOML = """\
[project]
name = "shop"
dependencies = [
    "alembic>=1.20",  # migrations
    "fastapi>=0.165",
]

# Style.
[tool.ruff]
ignore = ["A003", "E501"]
"""

YAML_TEXT = """\
name: ci

jobs:
  check:
    strategy:
      matrix:
        python: ["3.11", "3.12"]
    # What is done.
    steps:
      - uses: actions/checkout@v4
      - run: make lint
      - name: Test
        run: |
          make test
          # not a comment

          make more
volumes:
- one
- two
"""


def merged(path: str, base: str, ours: tuple[str, str], theirs: tuple[str, str]) -> str:
    assert ours[0] in base
    assert theirs[0] in base
    found = merge_file(path, base, base.replace(*ours), base.replace(*theirs))
    assert not found.conflicts, found.text
    return found.text


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (
            ('    "fastapi', '    "arrow>=1",\n    "fastapi'),
            ('    "fastapi', '    "bcrypt>=4",\n    "fastapi'),
            '    "bcrypt>=4",\n    "arrow>=1",\n    "fastapi',
        ),
        (('"A003", ', '"A003", "D1", '), ('"E501"', '"E501", "N"'), '["A003", "D1", "E501", "N"]'),
        (
            ('"E501"]\n', '"E501"]\n\n[tool.a]\nx = 1\n'),
            ('"E501"]\n', '"E501"]\n\n[tool.b]\ny = 2\n'),
            "[tool.b]",
        ),
        (
            ("0.165", "0.170"),
            ("1.20", "1.21"),
            '    "alembic>=1.21",  # migrations\n    "fastapi>=0.170"',
        ),
    ],
)
def test_toml_keeps_both(ours: tuple[str, str], theirs: tuple[str, str], expected: str) -> None:
    text = merged("pyproject.toml", TOML, ours, theirs)
    assert expected in text
    assert "# Style.\n" in text
    tomllib.loads(text)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (
            ("      - run: make lint\n", "      - run: make lint\n      - run: mine\n"),
            ("      - run: make lint\n", "      - run: make lint\n      - run: theirs\n"),
            "      - run: theirs\n      - run: mine\n",
        ),
        (
            ('["3.11"', '["3.10", "3.11"'),
            ('"3.12"]', '"3.12", "3.13"]'),
            '["3.10", "3.11", "3.12", "3.13"]',
        ),
        (("@v4", "@v5"), ("          make more\n", "          make theirs\n"), "@v5"),
        (
            ("- two\n", "- two\n- mine\n"),
            ("- one\n", "- one\n- theirs\n"),
            "- theirs\n- two\n- mine\n",
        ),
    ],
)
def test_yaml_keeps_both(ours: tuple[str, str], theirs: tuple[str, str], expected: str) -> None:
    text = merged("ci.yml", YAML_TEXT, ours, theirs)
    assert expected in text
    YAML(typ="safe").load(text)


def test_a_value_that_both_changed_is_a_conflict_of_that_key_alone() -> None:
    found = merge_file(
        "pyproject.toml", TOML, TOML.replace("0.165", "0.166"), TOML.replace("0.165", "0.167")
    )
    (conflict,) = found.conflicts
    assert (conflict.ours, conflict.theirs) == ("changed `fastapi`", "changes `fastapi`")
    assert found.text.splitlines()[(conflict.line or 0) - 1].startswith("<<<<<<<")
    assert '    "alembic>=1.20",  # migrations\n<<<<<<<' in found.text


def test_what_a_text_merge_would_double_is_there_once() -> None:
    ours = TOML.replace('    "alembic', '    "arrow>=1",\n    "alembic')
    theirs = TOML.replace('    "fastapi>=0.165",\n', '    "fastapi>=0.165",\n    "arrow>=1",\n')
    found = merge_file("pyproject.toml", TOML, ours, theirs)
    assert found.text.count("arrow") == 1


@pytest.mark.parametrize("path", sorted(ROOT.glob("sample_specs/*.yaml")), ids=lambda p: p.stem)
def test_an_outline_holds_every_line_of_yaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outline = yaml_outline(text)
    assert "".join(block.text for block in outline.blocks) + outline.end == text


def test_an_outline_holds_every_line_of_toml() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    outline = toml_outline(text)
    assert "".join(block.text for block in outline.blocks) + outline.end == text
    assert "dependencies" in [block.key for block in outline.blocks[1].body]
