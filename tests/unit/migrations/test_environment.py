"""The migrations of a generated project, run as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
from migration_databases import ENGINES, empty_database, in_database
from migration_samples import buildable

from generator.pipeline import generate, read
from generator.spec.model import Engine
from generator.tree import Tree

REVISION = '''
"""{message}."""

import sqlalchemy as sa
from alembic import op

revision: str = "{id}"
down_revision: str | None = "0001"


def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    pass
'''

TAG = "INSERT INTO tags VALUES (1, 'a', 0, 0, 1)"
NOTICE = "INSERT INTO notices VALUES (1, 'kept', 1, 0, 0, 1)"

NOTES = '''

SIZE = Enum("s", "m", native_enum=False, create_constraint=True, name="size")


class Note(Base):
    """A note that somebody added by hand."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2))
    kind: Mapped[str] = mapped_column(Varchar(20))
    size: Mapped[str] = mapped_column(SIZE)
    prices: Mapped[list[Decimal] | None] = mapped_column(ListOf(ExactDecimal(10, 2), Decimal))
    words: Mapped[list[str] | None] = mapped_column(ListOf(Varchar(20), str))

    __table_args__ = (
        CheckConstraint(kind.in_(["it's", ":colon", "a::b", "100%"]), name="kind"),
        Index("ix_notes_price", price.desc()),
    )
'''
NOTE_IMPORTS = """
from decimal import Decimal

from sqlalchemy import CheckConstraint, Enum, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import ExactDecimal, Varchar
from app.lists import ListOf
"""


class Project:
    """A generated project beside an empty database of its engine."""

    def __init__(self, folder: Path, url: sa.URL) -> None:
        self.folder = folder
        self.url = url
        shown = url.render_as_string(hide_password=False)
        self.environment = {**os.environ, "DATABASE_URL": shown, "PYTHONWARNINGS": "error"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, succeeds: bool = True) -> str:
        process = self.start(*words)
        output, _ = process.communicate(timeout=600)
        assert (process.returncode == 0) is succeeds, output
        return output

    def add_revision(self, upgrade: str) -> None:
        text = REVISION.format(id="0002", message="By hand", upgrade=upgrade)
        (self.folder / "migrations/versions/0002_by_hand.py").write_text(text)

    def revisions(self) -> set[str]:
        return {path.name for path in (self.folder / "migrations/versions").glob("*.py")}

    def execute(self, *statements: str) -> list[tuple[object, ...]]:
        def run(connection: sa.Connection) -> list[tuple[object, ...]]:
            for statement in statements[:-1]:
                connection.exec_driver_sql(statement)
            last = connection.exec_driver_sql(statements[-1])
            rows: list[tuple[object, ...]] = (
                [tuple(row) for row in last] if last.returns_rows else []
            )
            return rows

        return in_database(self.url, run)


@cache
def whole_project(engine: Engine) -> Tree:
    page = buildable(engine)
    return generate(read(page), page)


@contextmanager
def generated(engine: Engine, folder: Path) -> Iterator[Project]:
    with empty_database(engine, folder) as url:
        for path, text in whole_project(engine).items():
            file = folder / "project" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield Project(folder / "project", url)


@pytest.mark.parametrize("engine", ENGINES)
def test_models_and_migrations_agree(engine: Engine, tmp_path: Path) -> None:
    with generated(engine, tmp_path) as project:
        project.run("alembic", "upgrade", "head")
        assert "No new upgrade operations detected" in project.run("alembic", "check")
        before = project.revisions()
        project.run("alembic", "revision", "--autogenerate", "-m", "nothing")
        assert project.revisions() == before
        project.run("alembic", "downgrade", "base")
        assert "CREATE TABLE" in project.run("alembic", "upgrade", "head", "--sql")


@pytest.mark.parametrize("engine", ENGINES)
def test_its_own_tests_of_migrations_pass(engine: Engine, tmp_path: Path) -> None:
    with generated(engine, tmp_path) as project:
        if engine != "sqlite":
            project.environment["TEST_DATABASE_URL"] = project.environment["DATABASE_URL"]
        shown = project.run("pytest", "-q", "-rs", "tests/test_migrations.py")
        assert "5 passed" in shown


def test_the_tests_say_that_they_had_no_database(tmp_path: Path) -> None:
    with generated("postgresql", tmp_path) as project:
        project.environment.pop("TEST_DATABASE_URL", None)
        shown = project.run("pytest", "-q", "-rs", "tests/test_migrations.py")
    assert "5 skipped" in shown
    assert "TEST_DATABASE_URL is not set" in shown


@pytest.mark.parametrize("engine", ENGINES)
def test_a_revision_of_a_person_is_clean_and_right(engine: Engine, tmp_path: Path) -> None:
    with generated(engine, tmp_path) as project:
        models = project.folder / "app/models.py"
        head, rest = models.read_text().split('"""\n', 1)
        models.write_text(f'{head}"""\n{NOTE_IMPORTS}{rest}{NOTES}')
        project.run("alembic", "upgrade", "head")
        project.run("alembic", "revision", "--autogenerate", "-m", 'add "notes" \\ and')
        project.run("alembic", "upgrade", "head")
        project.run("alembic", "check")
        (added,) = project.revisions() - {"0001_create_the_tables.py", "__init__.py"}
        page = project.folder / "migrations/versions" / added
        assert "app." not in page.read_text()
        assert page.read_text().count("CheckConstraint") == 1
        project.run("ruff", "check", "--no-cache", str(page))
        project.run("ruff", "format", "--no-cache", "--check", str(page))
        if engine == "sqlite":
            project.run("mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(page))
        insert = "INSERT INTO notes (id, price, kind, size) VALUES"
        project.execute(f"{insert} (1, 100, 'it''s', 's')", f"{insert} (2, 100, ':colon', 's')")
        with pytest.raises(
            (sa.exc.IntegrityError, sa.exc.OperationalError), match=r"(?i)check|constraint"
        ):
            project.execute(f"{insert} (3, 100, 'NULL', 's')")


@pytest.mark.parametrize("engine", ENGINES)
def test_of_many_replicas_one_migrates(engine: Engine, tmp_path: Path) -> None:
    with generated(engine, tmp_path) as project:
        replicas = [project.start("alembic", "upgrade", "head") for _ in range(3)]
        shown = [replica.communicate(timeout=600)[0] for replica in replicas]
        assert [replica.returncode for replica in replicas] == [0, 0, 0], shown
        assert sum("Running upgrade" in output for output in shown) == 1


def test_a_table_made_anew_keeps_the_rows_that_refer_to_it(tmp_path: Path) -> None:
    with generated("sqlite", tmp_path) as project:
        project.run("alembic", "upgrade", "head")
        project.execute(TAG, NOTICE)
        project.add_revision(
            "with op.batch_alter_table('tags', recreate='always') as batch:\n"
            "        batch.alter_column('name', type_=sa.String(50), existing_type=sa.String(100))"
        )
        project.run("alembic", "upgrade", "head")
        assert project.execute("SELECT title FROM notices") == [("kept",)]


@pytest.mark.parametrize(
    ("upgrade", "reason"),
    [
        ("op.execute('DELETE FROM tags')", "BrokenReferenceError"),
        ("op.drop_table('notices'); op.execute('nonsense')", "syntax error"),
    ],
)
def test_a_migration_that_fails_changes_nothing(upgrade: str, reason: str, tmp_path: Path) -> None:
    with generated("sqlite", tmp_path) as project:
        project.run("alembic", "upgrade", "head")
        project.execute(TAG, NOTICE)
        project.add_revision(upgrade)
        assert reason in project.run("alembic", "upgrade", "head", succeeds=False)
        assert project.execute("SELECT name FROM tags") == [("a",)]
        assert project.execute("SELECT title FROM notices") == [("kept",)]
        assert project.execute("SELECT version_num FROM alembic_version") == [("0001",)]
