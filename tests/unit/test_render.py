"""Templates print what they are given, slots take what features bring, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateError

from generator.plan import Plan, PlannedFile, SlotText
from generator.render import ForeignTemplateError, Slots, printed, render


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path


def one(root: Path, source: str, path: str = "out.txt", **context: Any) -> str:
    """Print one template with the lines that two features bring."""
    (root / "project/a.jinja").write_text("{# context: X #}\n" + source, encoding="utf-8")
    (root / "x.jinja").write_text("{# context: X #}\none({{ n }}),\n", encoding="utf-8")
    (root / "y.jinja").write_text("{# context: X #}\ntwo,\n\n  three,\n", encoding="utf-8")
    files = (PlannedFile(path=path, template="project/a.jinja", context=context),)
    slots = (
        SlotText(slot="main.lifespans", template="x.jinja", context={"n": 1}),
        SlotText(slot="main.lifespans", template="y.jinja", context={}),
    )
    return render(Plan(files=files, slots=slots), [root])[path]


def test_a_slot_prints_every_line_in_order_at_its_indentation(root: Path) -> None:
    source = 'LIST = [\n    {{ slot("main.lifespans") }}\n]\n'
    wanted = "LIST = [\n    one(1),\n    two,\n\n      three,\n]\n"
    assert one(root, source) == wanted


def test_an_empty_slot_leaves_no_line(root: Path) -> None:
    assert one(root, 'a\n  {{ slot("main.setup") }}\nb\n') == "a\nb\n"


@pytest.mark.parametrize("line", ['{{ slot("main.nothing") }}\n', '  {{ slot("") }}\n'])
def test_an_unknown_slot_is_an_error(root: Path, line: str) -> None:
    with pytest.raises(ForeignTemplateError, match=r"a\.jinja:\d+: KeyError"):
        one(root, line)


def test_a_slot_within_a_line_is_an_error(root: Path) -> None:
    with pytest.raises(ForeignTemplateError, match=r"a\.jinja:\d+: TypeError"):
        one(root, 'x = {{ slot("main.setup") }}\n')


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ a.b }}", "{% if nothing %}{% endif %}"])
def test_what_is_not_there_is_an_error(root: Path, source: str) -> None:
    with pytest.raises(ForeignTemplateError, match=r"a\.jinja:2: UndefinedError"):
        one(root, source, a={})


@pytest.mark.parametrize("name", ["py", "toml", "yaml", "md", "comment"])
def test_a_filter_does_not_hide_what_is_not_there(root: Path, name: str) -> None:
    with pytest.raises(ForeignTemplateError, match=r"a\.jinja:2: "):
        one(root, f"{{{{ a.b | {name} }}}}", a={})


def test_text_is_not_read_as_a_template(root: Path) -> None:
    assert one(root, "{{ text | py }}", text="{{ 7 * 7 }}{% raw %}") == "'{{ 7 * 7 }}{% raw %}'\n"


@pytest.mark.parametrize(
    ("path", "source", "wanted"),
    [
        ("out.md", "\n\na\n\n\n\nb\n\n\n", "a\n\nb\n"),
        ("out.py", "a\n\n\nb", "a\n\n\nb\n"),
        ("out.py", "\n\n", ""),
    ],
)
def test_a_file_ends_in_one_newline_and_an_empty_one_is_empty(
    root: Path, path: str, source: str, wanted: str
) -> None:
    assert one(root, source, path) == wanted


def test_data_is_taken_as_it_is(root: Path) -> None:
    plan = Plan(files=(PlannedFile(path="a", data="{{ x }}\n\n\n\n"),))
    assert render(plan, [root])["a"] == "{{ x }}\n\n\n\n"


def test_the_first_root_shadows_the_next(root: Path, tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    (team / "a.jinja").write_text("{# context: X #}\ntheirs\n")
    (root / "a.jinja").write_text("{# context: X #}\nours\n")
    assert printed("a.jinja", {}, [team, root]) == "theirs\n"
    assert printed("a.jinja", {}, [root]) == "ours\n"


def test_a_slip_in_a_template_is_told_where_it_is(root: Path) -> None:
    with pytest.raises(ForeignTemplateError, match=r"a\.jinja:4: TemplateSyntaxError"):
        one(root, "\n\n{% iff x %}\n")


def test_a_template_that_is_not_there_is_an_error(root: Path) -> None:
    with pytest.raises(TemplateError):
        printed("nothing.jinja", {}, [root])


def test_slots_are_a_closed_set() -> None:
    with pytest.raises(KeyError):
        Slots({})("main.nothing", "")
