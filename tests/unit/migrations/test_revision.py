"""The initial revision is deterministic, reads well, and builds what the tables say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.operations import ops
from migration_databases import ENGINES, empty_database, in_database, reflected, step
from migration_samples import everything

from generator.migrations.metadata import metadata
from generator.migrations.revision import Revision, initial_revision, reverse
from generator.spec.model import Engine

LINE = 100


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_tables_give_the_same_bytes(engine: Engine) -> None:
    assert initial_revision(everything(engine), engine) == initial_revision(
        everything(engine), engine
    )


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_no_order_depends_on_hashes(seed: str) -> None:
    code = (
        "from migration_samples import everything;"
        "from generator.migrations.revision import initial_revision;"
        "print(initial_revision(everything('postgresql'), 'postgresql')[1], end='')"
    )
    here = Path(__file__).parent
    paths = f"{here}:{here.parent.parent.parent}"
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=False, capture_output=True
    )
    _, text = initial_revision(everything("postgresql"), "postgresql")
    assert done.stdout.decode() == text


def test_the_first_revision_has_a_fixed_name() -> None:
    path, text = initial_revision(everything("sqlite"), "sqlite")
    assert path == "migrations/versions/0001_create_the_tables.py"
    assert "revision: str = '0001'" in text
    assert "down_revision: str | None = None" in text


def test_a_project_without_tables_has_a_first_revision_too() -> None:
    _, text = initial_revision((), "sqlite")
    compile(text, "revision.py", "exec")
    assert text.count("    pass\n") == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_it_is_clean_once_it_is_laid_out(engine: Engine, tmp_path: Path) -> None:
    _, text = initial_revision(everything(engine), engine)
    page = tmp_path / "revision.py"
    page.write_text(text, encoding="utf-8")
    ruff(["format", "--line-length", str(LINE)], page)
    ruff(["check", "--fix", "--select", "I", "--line-length", str(LINE)], page)
    ruff(["check", "--select", "E,F,W,I,N,UP,B,A,RUF,S,SIM", "--line-length", str(LINE)], page)


@pytest.mark.proof
def test_its_types_are_sound(tmp_path: Path) -> None:
    page = tmp_path / "revision.py"
    page.write_text(initial_revision(everything("postgresql"), "postgresql")[1], encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(page)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def ruff(words: list[str], page: Path) -> None:
    command = [sys.executable, "-m", "ruff", words[0], "--isolated", "--no-cache", *words[1:]]
    done = subprocess.run([*command, str(page)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_it_builds_what_the_metadata_says_and_takes_it_back(engine: Engine, tmp_path: Path) -> None:
    found = everything(engine)
    _, text = initial_revision(found, engine)
    with empty_database(engine, tmp_path) as url:
        in_database(url, metadata(found, engine).create_all)
        wanted = in_database(url, reflected)
    with empty_database(engine, tmp_path) as url:
        for _ in range(2):
            in_database(url, lambda c: step(c, text, "upgrade"))
            assert in_database(url, reflected) == wanted
            in_database(url, lambda c: step(c, text, "downgrade"))
            assert in_database(url, reflected) == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_constraint_of_the_tables_is_there_by_name(engine: Engine, tmp_path: Path) -> None:
    found = everything(engine)
    _, text = initial_revision(found, engine)
    with empty_database(engine, tmp_path) as url:
        in_database(url, lambda c: step(c, text, "upgrade"))
        built = in_database(url, reflected)
    for table in found:
        there = built[table.name]
        assert set(there["checks"]) == {check.name for check in table.checks}
        live = {unique.name for unique in table.uniques if unique.live and engine != "mariadb"}
        assert set(there["uniques"]) == {unique.name for unique in table.uniques} - live
        assert {name for name in there["indexes"] if name.startswith("uq")} >= live
        assert {name for name in there["indexes"] if name.startswith("ix")} == {
            index.name for index in table.indexes
        }
        keys = [c.references for c in table.columns if c.references]
        assert {
            k["name"]: k["options"].get("ondelete") for k in there["foreign keys"].values()
        } == {
            key.name: {"cascade": "CASCADE", "set_null": "SET NULL"}.get(key.on_delete)
            for key in keys
        }


def test_the_downgrade_of_an_index_alone_drops_it() -> None:
    added = ops.CreateIndexOp("ix_books_title", "books", ["title"])
    (back,) = reverse((added,))
    revision = Revision(
        id="0002", down="0001", message="Index books", upgrade=(added,), downgrade=(back,)
    )
    assert isinstance(back, ops.DropIndexOp)
    assert revision.path == "migrations/versions/0002_index_books.py"
