"""Lines of a person's own that say a renamed thing by its old name, wherever they stand."""

from __future__ import annotations

import pytest

from generator.merge import Rename, Sides, Use, carried
from generator.tree import Tree

TITLE = Rename(kind="field", old="title", new="headline", owner="book")
NOVEL = Rename(kind="resource", old="book", new="novel")
SERVICE = "app/resources/books/service.py"
MAIN = "app/main.py"
BASE = Tree(
    {
        SERVICE: "class BookService:\n    name = book.title\n",
        MAIN: "a = 1\nb = 2\n",
    }
)


def uses(renames: tuple[Rename, ...], theirs: Tree, ours: Tree, own: Tree) -> tuple[Use, ...]:
    sides = Sides(BASE, ours, theirs)
    return carried(sides, renames, reformat=lambda tree: tree, own=lambda: own).uses


def of_title(own: dict[str, str], ours: Tree = BASE) -> tuple[Use, ...]:
    return uses((TITLE,), BASE.with_files({SERVICE: renamed(SERVICE, "title")}), ours, Tree(own))


def renamed(path: str, old: str) -> str:
    return BASE[path].replace(old, "headline")


def test_a_field_is_reported_in_a_file_of_ones_own() -> None:
    path = "app/reports.py"
    text = (
        "from app.resources.books.service import BookService\n\nx = [one.title for one in books]\n"
    )
    assert of_title({path: text}) == (Use(path=path, line=3, old="title", new="headline"),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = page.title\n", id="a file about something else"),
        pytest.param("def book_titles() -> None:\n    title_case(books)\n", id="other words"),
        pytest.param("books = [one.headline for one in books]\n", id="the new name"),
    ],
)
def test_what_is_not_that_field_is_not(text: str) -> None:
    assert of_title({"app/reports.py": text}) == ()


def test_a_field_is_reported_in_an_edit_of_a_file_that_the_page_leaves_alone() -> None:
    ours = BASE.with_files({MAIN: BASE[MAIN] + "c = books[0].title\n"})
    assert of_title({}, ours) == (Use(path=MAIN, line=3, old="title", new="headline"),)


def test_a_resource_is_reported_where_its_module_and_its_classes_are_named() -> None:
    path = "tests/test_reports.py"
    text = (
        "from app.resources.books.service import BookService\n"
        'URL = "/books"\n'
        "book = BookService()\n"
        "class BookWorm: ...\n"
    )
    moved = {"app/resources/novels/service.py": 'class NovelService:\n    url = "/novels"\n'}
    theirs = BASE.without([SERVICE]).with_files(moved)
    found = uses((NOVEL,), theirs, BASE, Tree({path: text}))
    assert [(use.line, use.old, use.new) for use in found] == [
        (1, "books", "novels"),
        (1, "BookService", "NovelService"),
        (2, "books", "novels"),
        (3, "BookService", "NovelService"),
    ]


def test_what_is_written_once_and_the_page_say_nothing_of_it() -> None:
    path, old = "migrations/versions/0001.py", 'op.create("books", "title")\n'
    revision = {"migrations/versions/0002.py": 'op.rename("books", "novels")\n'}
    base = BASE.with_files({path: old})
    ours = base.with_files({path: old.replace('"', "'")})
    theirs = BASE.without([SERVICE]).with_files({"app/x.py": 'U = "/novels"\n', **revision})
    own = Tree({"app/reports.py": 'URL = "/books"\n'})
    found = carried(Sides(base, ours, theirs), (NOVEL,), lambda tree: tree, lambda: own).uses
    assert [(use.path, use.old) for use in found] == [("app/reports.py", "books")]


def test_nothing_is_read_where_nothing_is_renamed() -> None:
    def own() -> Tree:
        raise AssertionError

    sides = Sides(BASE, BASE, BASE)
    assert carried(sides, (), reformat=lambda tree: tree, own=own).uses == ()
