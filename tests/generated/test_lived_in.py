"""A bookstore that a team has worked in: its page changes, every edit stays, and its tests pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generated.projects import Project, generate
from generator import pipeline
from generator.pipeline import Options

ROUTE = '''

@router.get(":counted", dependencies=[Depends(access.LIST)], operation_id="count_books")
async def count_books() -> int:
    """Ours: counts nothing yet."""
    return SHELVES
'''
TEST = """

def test_of_our_own() -> None:
    assert {1, 2} > {1}
"""

Edit = tuple[str, Callable[[str], str], str]


def behind(text: str) -> Callable[[str], str]:
    return lambda old: old + text


def before(anchor: str, text: str) -> Callable[[str], str]:
    def edit(old: str) -> str:
        assert anchor in old
        return old.replace(anchor, text + anchor, 1)

    return edit


def instead(old_text: str, text: str) -> Callable[[str], str]:
    def edit(old: str) -> str:
        assert old_text in old
        return old.replace(old_text, text, 1)

    return edit


EDITS: tuple[Edit, ...] = (
    ("app/resources/books/router.py", behind(ROUTE), "async def count_books() -> int:"),
    (
        "app/resources/books/router.py",
        before("router = Router", "SHELVES = 7\n\n"),
        "SHELVES = 7",
    ),
    (
        "app/resources/books/service.py",
        before("\n\nasync def book_service", "\n    def shelf(self) -> int:\n        return 3\n"),
        "def shelf(self) -> int:",
    ),
    ("app/resources/books/model.py", instead('"""', '"""Ours: '), '"""Ours: '),
    ("app/main.py", before("def create_app", "# Ours: read me first.\n"), "# Ours: read me first."),
    (
        "app/settings.py",
        before("    host: str", "    our_limit: int = 12\n"),
        "    our_limit: int = 12",
    ),
    ("tests/resources/test_books.py", behind(TEST), "def test_of_our_own() -> None:"),
    (
        "tests/auth/test_access.py",
        before('    ("GET", "/api/v1/authors"),\n', '    ("GET", "/api/v1/books:counted"),\n'),
        '"/api/v1/books:counted"',
    ),
    (
        "docs/api.md",
        before("| `GET /books/{book_id}` |", "| `GET /books:counted` | counts | everyone |\n"),
        "| `GET /books:counted` | counts | everyone |",
    ),
    ("README.md", behind("\n## Who we are\n\nThe team.\n"), "## Who we are"),
    (
        "pyproject.toml",
        instead("dependencies = [\n", 'dependencies = [\n    "anyascii",\n'),
        '"anyascii"',
    ),
    ("Makefile", behind("\nours:\n\techo ours\n"), "echo ours"),
    ("compose.yaml", instead("    init: true\n", "    init: true\n    # ours\n"), "# ours"),
    (
        ".github/workflows/ci.yml",
        instead("      - run: make test\n", "      - run: make test\n      - run: make ours\n"),
        "make ours",
    ),
)
"""A path, what a person did to the file, and what has to be there for ever."""

PAGE = (
    (
        "title: string(1..200) index",
        "headline: {type: string(1..200), index: true, renamed_from: title}",
    ),
    ("[[author, title]]", "[[author, headline]]"),
    ("      published_on: date? index\n", ""),
    (
        "  tag:\n",
        "  publisher:\n    fields:\n      name: string(1..80) unique\n    relations:\n"
        "      books: many_to_many book inverse publishers\n\n"
        "  loan:\n    owned: true\n    fields:\n      due_on: date index\n    relations:\n"
        "      book: belongs_to book inverse loans\n\n  tag:\n",
    ),
)


@pytest.fixture(scope="module")
def bookstore(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The bookstore after all the edits and the sync."""
    project = generate("bookstore", "sqlite", tmp_path_factory.mktemp("lived") / "in")
    for path, edit, _ in EDITS:
        file = project.folder / path
        file.write_text(edit(file.read_text("utf-8")), "utf-8")
    (project.folder / "app/resources/tags/seeds.py").touch()
    page = project.folder / "service.yaml"
    for old, new in PAGE:
        page.write_text(instead(old, new)(page.read_text("utf-8")), "utf-8")
    done = pipeline.sync(project.folder, Options(allow_data_loss=True))
    assert not done.merged.conflicts
    return project


@pytest.mark.proof
@pytest.mark.xdist_group("lived-in")
@pytest.mark.parametrize(("path", "edit", "lasting"), EDITS)
def test_every_edit_is_still_there(
    bookstore: Project, path: str, edit: Callable[[str], str], lasting: str
) -> None:
    assert lasting in (bookstore.folder / path).read_text("utf-8")


@pytest.mark.proof
@pytest.mark.xdist_group("lived-in")
def test_it_is_clean_and_all_its_tests_pass(bookstore: Project, tmp_path: Path) -> None:
    bookstore.must("-m", "ruff", "check", ".")
    bookstore.must("-m", "ruff", "format", "--check", ".")
    bookstore.must("-m", "mypy", "--cache-dir", str(tmp_path))
    said = bookstore.must("-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider")
    assert re.search(r"^\d+ passed", said.splitlines()[-1]), said
    url = f"sqlite+aiosqlite:///{tmp_path}/scratch.db"
    bookstore.must("-m", "alembic", "upgrade", "head", DATABASE_URL=url)
    bookstore.must("-m", "alembic", "check", DATABASE_URL=url)
