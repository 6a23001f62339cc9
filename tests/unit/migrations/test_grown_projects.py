"""A project that has grown: its models and its migrations agree, and its own tests pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from migrating import Change, change
from migration_databases import ENGINES, empty_database
from migration_rows import inserts
from test_environment import Project

from generator.formatting import SETTINGS, formatted
from generator.generation import generate
from generator.migrations.lineage import VERSIONS
from generator.migrations.revision import initial_revision
from generator.spec.model import Engine
from generator.tree import Tree

OLD = """\
scaffold: 1
service: {name: shop}
enums: {Kind: [paper, film]}
resources:
  author:
    id: int
    fields: {name: string index}
  book:
    fields:
      title: string unique
      price: decimal(10, 2) >= 0
      rating: decimal(30, 3) < 10
      pages: int? >= 1
      kind: Kind = paper
      gone: string?
      day: date
      tags: string(20)[]
    relations: {author: belongs_to author, labels: many_to_many label}
    indexes: [[kind, -created_at]]
  label:
    soft_delete: true
    fields: {name: string unique}
  old: {fields: {x: int}, relations: {book: belongs_to book}}
"""
NEW = """\
scaffold: 1
service: {name: shop}
enums: {Kind: [paper, film, "sound: x"]}
resources:
  author:
    id: bigint
    fields: {name: string(100) index, slug: slug unique from name}
  novel:
    renamed_from: book
    owned: true
    access: {read: public}
    soft_delete: true
    fields:
      name: {type: string, unique: true, renamed_from: title}
      price: decimal(20, 4) >= 0
      rating: decimal(10, 1) < 10
      pages: bigint >= 1 = 1
      kind: Kind = paper
      day: datetime
      tags: text[]
      stock: int index = 0
      secret: string? encrypted
    relations:
      writer: {type: belongs_to, resource: author, on_delete: cascade, renamed_from: author}
      labels: many_to_many label
    indexes: [[kind, -created_at], [-stock, name]]
    search: [name]
    checks: [stock <= pages]
  label:
    fields: {name: string, order: int = 0}
    unique: [[name, order]]
  new: {fields: {x: int}, relations: {novel: belongs_to novel, friends: many_to_many new}}
"""


@contextmanager
def grown(engine: Engine, folder: Path) -> Iterator[tuple[Project, Change]]:
    """A project of the new page, with the history of the old one, and an empty database."""
    made = change(OLD, NEW, engine)
    tree = generate(made.new.spec, NEW)
    kept = tree.select(lambda path: not path.startswith(f"{VERSIONS}/0"))
    history = Tree([initial_revision(made.old.tables, engine), *made.revisions])
    files = kept.with_files(formatted(history, settings=tree[SETTINGS]))
    with empty_database(engine, folder) as url:
        for path, text in files.items():
            file = folder / "project" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield Project(folder / "project", url), made


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
def test_models_migrations_and_rows_agree(engine: Engine, tmp_path: Path) -> None:
    with grown(engine, tmp_path) as (project, made):
        project.run("alembic", "upgrade", "0001")
        for statement in inserts(made.old.tables, engine, 0):
            project.execute(statement)
        project.run("alembic", "upgrade", "head")
        assert "No new upgrade operations detected" in project.run("alembic", "check")
        project.run("alembic", "downgrade", "0001")
        project.run("alembic", "upgrade", "head")
        project.run("alembic", "check")


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
def test_its_own_tests_of_migrations_pass(engine: Engine, tmp_path: Path) -> None:
    with grown(engine, tmp_path) as (project, _):
        if engine != "sqlite":
            project.environment["TEST_DATABASE_URL"] = project.environment["DATABASE_URL"]
        assert "5 passed" in project.run("pytest", "-q", "-rs", "tests/test_migrations.py")


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
def test_its_revisions_read_well(engine: Engine, tmp_path: Path) -> None:
    with grown(engine, tmp_path) as (project, _):
        project.run("ruff", "check", "--no-cache", "migrations")
        project.run("ruff", "format", "--no-cache", "--check", "migrations")
        project.run("mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "migrations")
        del project.environment["PYTHONWARNINGS"]  # bandit's own dependencies warn
        project.run("bandit", "-q", "-r", "-c", "pyproject.toml", "migrations")
