"""One file's merge: line endings, encodings, layouts, and what can't be merged at all."""

from __future__ import annotations

import re

import pytest

from generator.errors import ScaffoldError
from generator.merge import Change, Merged, merge_file, merger
from generator.merge.endings import as_in, plain
from generator.merge.layout import laid_out
from generator.merge.markers import leftovers
from generator.tree import Tree

BASE = "first\nsecond\nthird\n"
THEIRS = "first\nsecond\nthird\nfourth\n"


@pytest.mark.parametrize(
    ("ours", "merged"),
    [
        ("FIRST\r\nsecond\r\nthird\r\n", "FIRST\r\nsecond\r\nthird\r\nfourth\r\n"),
        ("\ufeffFIRST\nsecond\nthird\n", "\ufeffFIRST\nsecond\nthird\nfourth\n"),
        ("FIRST\r\nsecond\nthird\r\n", "FIRST\r\nsecond\nthird\r\nfourth\r\n"),
        ("FIRST\nsecond\nthird", "FIRST\nsecond\nthird\nfourth\n"),
        ("FIRST\nse\x0ccond\x85\nthird\n", "FIRST\nse\x0ccond\x85\nthird\nfourth\n"),
    ],
    ids=["CRLF", "BOM", "mixed", "no final newline", "characters that end no line"],
)
def test_line_endings_stay_as_the_person_has_them(ours: str, merged: str) -> None:
    found = merge_file("notes.txt", BASE, ours, THEIRS)
    assert found.text == merged


def test_a_missing_final_newline_stays_missing() -> None:
    found = merge_file("notes.txt", BASE, "first\nsecond\nTHIRD", "zeroth\n" + BASE)
    assert found.text == "zeroth\nfirst\nsecond\nTHIRD"


@pytest.mark.parametrize("text", ["", "a", "a\r\nb", "\ufeffa\r\n\r\n", "a\rb\n", "\r\n"])
def test_what_nobody_changed_comes_back_as_it_was(text: str) -> None:
    assert as_in(plain(text), text) == text


def test_bytes_that_are_no_utf_8_are_merged_by_lines() -> None:
    ours = b"x = 'caf\xe9'\ny = 1\nz = 2\n".decode("utf-8", "surrogateescape")
    found = merge_file("app/x.py", "x = ''\ny = 1\nz = 2\n", ours, "x = ''\ny = 1\nz = 3\n")
    assert found.text == ours.replace("z = 2", "z = 3")
    assert not found.conflicts


def test_python_that_does_not_parse_is_merged_by_lines() -> None:
    found = merge_file(
        "app/x.py", "a = 1\nb = 2\nc = 3\n", "a = (\nb = 2\nc = 3\n", "a = 1\nb = 2\n"
    )
    assert found.text == "a = (\nb = 2\n"


def test_a_conflict_has_marks_and_says_where() -> None:
    found = merge_file("notes.txt", BASE, "first\nmine\nthird\n", "first\nyours\nthird\n")
    assert leftovers(found.text) == (2,)
    assert [conflict.line for conflict in found.conflicts] == [2]


PAGE = "[tool.ruff]\nline-length = {}\n"
LONG = "x = call(one, two)\ny = 1\n"


def wrapped(text: str) -> str:
    """Lay out as a formatter with short lines would."""
    return re.sub(r"call\((\w+), (\w+)\)", r"call(\n    \1,\n    \2,\n)", text)


def test_layout_by_other_settings_is_no_difference() -> None:
    pages = [{"pyproject.toml": PAGE.format(width)} for width in (100, 20)]
    base = Tree({"app/x.py": LONG, **pages[0]})
    ours = Tree({"app/x.py": wrapped(LONG), **pages[1]})
    theirs = Tree({"app/x.py": LONG.replace("two", "three"), **pages[0]})
    calls: list[Tree] = []

    def reformat(tree: Tree) -> Tree:
        calls.append(tree)
        return Tree({path: wrapped(text) for path, text in tree.items()})

    file = merger(base, ours, theirs, reformat=reformat)
    for _ in range(2):
        found = file("app/x.py", base["app/x.py"], ours["app/x.py"], theirs["app/x.py"])
        assert found.text == wrapped(LONG.replace("two", "three"))
    assert len(calls) == 2, "once for base, once for theirs"


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        (wrapped(LONG) + "z = 1\n", wrapped(LONG.replace("y = 1", "y = 2")) + "z = 1\n"),
        (LONG + "z = 1\n", LONG.replace("y = 1", "y = 2") + "z = 1\n"),
    ],
    ids=["tidy", "untidy"],
)
def test_what_was_laid_out_is_laid_out_again(ours: str, expected: str) -> None:
    trees = [Tree({"app/x.py": text}) for text in (LONG, ours, LONG.replace("y = 1", "y = 2"))]
    plain_merge = LONG.replace("y = 1", "y = 2") + "z = 1\n"
    change = Change(path="app/x.py", action="merge")
    merged = Merged(tree=Tree({"app/x.py": plain_merge}), changes=(change,))
    done = laid_out(
        merged, trees[1], lambda tree: Tree((p, wrapped(t)) for p, t in tree.items()), trees[0]
    )
    assert done.tree["app/x.py"] == expected


def test_new_files_are_laid_out_by_settings_of_the_persons_own() -> None:
    base, ours = (Tree({"pyproject.toml": PAGE.format(width)}) for width in (100, 20))
    change = Change(path="app/x.py", action="create")
    merged = Merged(tree=ours.with_files({"app/x.py": LONG}), changes=(change,))
    for before, expected in ((base, wrapped(LONG)), (ours, LONG)):
        done = laid_out(
            merged, ours, lambda tree: Tree((p, wrapped(t)) for p, t in tree.items()), before
        )
        assert done.tree["app/x.py"] == expected


def test_settings_that_the_formatter_refuses_leave_the_layout_alone() -> None:
    def reformat(_tree: Tree) -> Tree:
        raise ScaffoldError("no such setting")

    base = Tree({"app/x.py": "a = 1\nb = 2\n"})
    ours = Tree({"app/x.py": "a = 1\nb = 3\n", "pyproject.toml": PAGE.format(9)})
    file = merger(base, ours, base, reformat=reformat)
    assert file("app/x.py", base["app/x.py"], ours["app/x.py"], "a = 0\nb = 2\n").text
