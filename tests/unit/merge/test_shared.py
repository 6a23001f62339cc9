"""What all three texts have alike stands aside while they merge, and is where it was afterwards."""

from __future__ import annotations

import pytest

from generator.merge import merge_file
from generator.merge.markers import leftovers
from generator.merge.python.shared import apart
from generator.merge.sides import Sides

LONG = '''"""Books."""

from app.routing import router

LIMIT = 1


@router.get("/books")
async def books() -> str:
    """All of them."""
    return """
def no_function() -> None:
"""


@router.get("/old")
@limited(1)
def old(a: int) -> int:
    if a:
        return 1
    # nothing else
    return 2
    # and no more


class Shelf:
    """Where they stand."""

    def size(self) -> int:
        return 7

    @property
    def free(self) -> int:
        return 3

    @free.setter
    def free(self, value: int) -> None:
        pass


def last() -> None: pass
'''


def lines_apart(text: str) -> str:
    shared = apart(Sides(text, text, text))
    assert len(set(shared.sides)) == 1
    restored = shared.restored(shared.sides.ours.splitlines(keepends=True))
    assert "".join(restored) == text
    return shared.sides.ours


def test_what_is_put_aside_is_found_again() -> None:
    short = lines_apart(LONG)
    assert "no_function" not in short
    assert "class Shelf" not in short
    assert "# and no more" in short, "a comment behind a body belongs to nobody else"


def test_of_a_class_that_differs_its_other_members_are_put_aside() -> None:
    ours = LONG.replace("return 7", "return 8")
    short = apart(Sides(LONG, ours, LONG)).sides
    assert "return 8" in short.ours
    assert "no_function" not in short.ours
    assert "return 3" in short.ours, "two of one name are told apart by more than it"


def test_of_a_function_with_another_decorator_its_body_is_put_aside() -> None:
    theirs = LONG.replace('"/books"', '"/all-books"')
    short = apart(Sides(LONG, LONG, theirs)).sides
    assert '"/all-books"' in short.theirs
    assert "no_function" not in short.theirs


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(("LIMIT = 1\n", "LIMIT = 1\nOURS = 2\n"), ("LIMIT = 1\n", ""), id="conflict"),
        pytest.param(
            ("LIMIT = 1\n", "LIMIT = 1\nOURS = 2\n"),
            ("LIMIT = 1\n", "LIMIT = 1\nTHEIRS = 3\n"),
            id="clean",
        ),
    ],
)
def test_no_word_of_it_is_left_in_a_merge(ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    found = merge_file("x.py", LONG, LONG.replace(*ours), LONG.replace(*theirs))
    assert "__same_" not in found.text
    for line in LONG.splitlines():
        if line != "LIMIT = 1":
            assert found.text.count(f"{line}\n") >= LONG.count(f"{line}\n"), line


def test_a_conflict_shows_the_whole_class_that_one_side_took_away() -> None:
    theirs = LONG[: LONG.index("class Shelf")] + LONG[LONG.index("def last") :]
    found = merge_file("x.py", LONG, LONG.replace("return 7", "return 8"), theirs)
    assert found.conflicts
    assert leftovers(found.text)
    assert "return 8" in found.text
    assert "return 7" in found.text


def test_a_route_like_one_that_was_put_aside_is_a_conflict() -> None:
    second = '@router.get("/books")\nasync def shelved() -> int:\n    return LIMIT\n\n\n'
    ours = LONG.replace('@router.get("/old")', second + '@router.get("/old")')
    theirs = LONG.replace("LIMIT = 1\n", "LIMIT = 2\n")
    found = merge_file("x.py", LONG, ours.replace("LIMIT = 1\n", "LIMIT = 1\nB = 1\n"), theirs)
    assert "shelved" in found.text
    assert "__same_" not in found.text


def test_a_text_that_has_such_words_itself_is_left_as_it_is() -> None:
    text = LONG + "\n__same_0__ = 0\n"
    assert apart(Sides(text, text, text)).sides.ours == text
