"""What a person changes of a CHECK by hand, an enum's members or a bound, becomes a migration.

What nobody changed doesn't, however its bounds are written.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generated.databases import empty_database
from generated.projects import BOOKSTORES, Project, Sample, each_sample, made, with_engine
from generator.spec.model import Engine

Edit = tuple[str, str, str]
"""A file, a text that stands in it once, and what a person writes in its place."""

BOOK, REVIEW = "app/resources/books/model.py", "app/resources/reviews/model.py"
STOCK = '        CheckConstraint(stock >= 0, name="stock_ge"),\n'
RATING = '        CheckConstraint(rating <= 5, name="rating_le"),\n'
DRAFT = '    DRAFT = "draft"\n'

MEMBER: Edit = ("app/enums.py", DRAFT, f'{DRAFT}    HELD = "held:back"\n')
LONGER: Edit = ("app/enums.py", DRAFT, f'{DRAFT}    HELD = "held back by us"\n')
ADDED: Edit = (BOOK, STOCK, f'{STOCK}        CheckConstraint(title != ":no", name="title_no"),\n')
BOUND: Edit = (BOOK, "(stock >= 0,", "(stock >= -5,")
GONE: Edit = (REVIEW, RATING, "")

EDITS = {
    "member": (MEMBER,),
    "longer": (LONGER,),
    "added": (ADDED,),
    "bound": (BOUND,),
    "gone": (GONE,),
    "together": (LONGER, ADDED, BOUND, GONE),
}
BOOKSTORE: tuple[Sample, ...] = (("bookstore", "sqlite"),)

UNUSUAL = """scaffold: 1
service:
  name: unusual
auth: none
resources:
  thing:
    fields:
      whole: int >= -1 < 1000
      real: float > -1e+30 <= 0.1
      even: float >= 10000 < 1e16
      exact: decimal(10, 2) >= 0.005 < 1e3
      wide: decimal(24, 4) > -0.00005 <= 1e30
      other: decimal(24, 4)? >= -1e2
      narrow: decimal(5, 1) > 0.05
    checks:
      - wide < other
      - exact != narrow
      - exact <= wide
"""
"""Bounds that are not what a column holds, and decimals that SQLite stores in unlike units."""


@pytest.fixture
def copied(project: Project, tmp_path: Path) -> Project:
    """A copy of the project, to edit."""
    ignored = shutil.ignore_patterns("__pycache__")
    return replace(project, folder=shutil.copytree(project.folder, tmp_path / "it", ignore=ignored))


@pytest.fixture
def url(project: Project, tmp_path: Path) -> Iterator[str]:
    """An empty database of the engine of the project."""
    with empty_database(project.engine, tmp_path) as url:
        yield url


def edit(project: Project, case: str) -> None:
    """Make the edits of a case, one after the other."""
    for path, old, new in EDITS[case]:
        file = project.folder / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, text
        file.write_text(text.replace(old, new), "utf-8")


def see_it_migrated(project: Project, url: str, case: str) -> None:
    """What was edited is found, written down, applied, taken back and applied again."""
    project.must("-m", "alembic", "upgrade", "head", DATABASE_URL=url)
    project.must("-m", "alembic", "check", DATABASE_URL=url)
    edit(project, case)

    found = project.python("-m", "alembic", "check", variables={"DATABASE_URL": url})
    assert "New upgrade operations detected" in found.stdout
    project.must("-m", "alembic", "revision", "--autogenerate", "-m", case, DATABASE_URL=url)
    for word, revision in (("upgrade", "head"), ("downgrade", "-1"), ("upgrade", "head")):
        project.must("-m", "alembic", word, revision, DATABASE_URL=url)
    project.must("-m", "alembic", "check", DATABASE_URL=url)
    (written,) = project.folder.glob(f"migrations/versions/*{case}.py")
    assert ("alter_column" in written.read_text("utf-8")) == (LONGER in EDITS[case])


@each_sample(quick=BOOKSTORE, proof=BOOKSTORES)
def test_checks_that_were_edited_are_migrated(copied: Project, url: str) -> None:
    see_it_migrated(copied, url, "together")


@each_sample(quick=(), proof=(), thorough=(*BOOKSTORE, *BOOKSTORES))
@pytest.mark.parametrize("case", sorted(EDITS.keys() - {"together"}))
def test_a_check_that_was_edited_is_migrated(copied: Project, url: str, case: str) -> None:
    see_it_migrated(copied, url, case)


@each_sample(quick=BOOKSTORE, proof=())
def test_the_project_tests_see_a_check_without_its_migration(copied: Project) -> None:
    edit(copied, "bound")

    arguments = ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    done = copied.python(*arguments, "tests/test_migrations.py")
    failed = "FAILED tests/test_migrations.py::test_migrations_build_what_the_models_say"
    assert done.returncode == 1
    assert re.search(f"^{failed}", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    "engine",
    ["sqlite", *(pytest.param(one, marks=pytest.mark.proof) for one in ("postgresql", "mariadb"))],
)
def test_bounds_that_no_column_holds_are_no_change(engine: Engine, tmp_path: Path) -> None:
    unusual = made("unusual", engine, with_engine(UNUSUAL, engine), tmp_path / "new")

    with empty_database(engine, tmp_path) as url:
        unusual.must("-m", "alembic", "upgrade", "head", DATABASE_URL=url)
        unusual.must("-m", "alembic", "check", DATABASE_URL=url)
