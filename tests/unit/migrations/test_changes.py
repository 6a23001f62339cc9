"""Every kind of change keeps the rows, and ends in the schema that a new project would have."""

from __future__ import annotations

from pathlib import Path

import pytest
from change_cases import CASES
from migrating import Migrated, change, fresh, kept
from migration_databases import ENGINES, empty_database

from generator.spec.model import Engine

ROWS = 3


QUICK = (
    "a table is renamed",
    "tables in a circle are added and dropped",
    "two columns change names",
    "a link is renamed",
    "a slug of another field",
    "a value of an enum has a shorter name",
    "two values of an enum change names",
)


@pytest.mark.parametrize("name", QUICK)
def test_a_change_keeps_the_rows_on_sqlite(name: str, tmp_path: Path) -> None:
    there_and_back(name, "sqlite", tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CASES)
def test_a_change_keeps_the_rows(name: str, engine: Engine, tmp_path: Path) -> None:
    there_and_back(name, engine, tmp_path)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a check changes", "change the check of books.a"),
        ("a column is checked no more", "check books.a no more"),
        ("columns are compared", "check books (a, b)"),
    ],
)
def test_a_check_that_changes_is_told_from_a_new_one(name: str, said: str, engine: Engine) -> None:
    made = change(*CASES[name], engine)
    assert [step.sentence for step in made.steps if step.sentence] == [said]


def there_and_back(name: str, engine: Engine, tmp_path: Path) -> None:
    """Upgrade a database with rows, downgrade it and upgrade it again."""
    old, new = CASES[name]
    made = change(old, new, engine)
    with empty_database(engine, tmp_path) as url:
        database = Migrated(made, url)
        database.start(ROWS)
        before, wanted = database.schema(), fresh(made.new, engine, tmp_path)
        database.upgrade()
        assert database.schema() == wanted
        same_rows(database)
        database.downgrade()
        if not any(step.note for step in made.steps):
            assert database.schema() == before
        database.upgrade()
        assert database.schema() == wanted


def same_rows(database: Migrated) -> None:
    """What was null may have been given a value; nothing else is another one."""
    after = database.read(database.change.new.tables)
    engine = database.change.engine
    for pair in database.change.pairs:
        olds = kept(database.before, pair, engine, before=True)
        news = kept(after, pair, engine, before=False)
        assert len(olds) == len(news)
        for old, new in zip(olds, news, strict=True):
            had = {name: value for name, value in old.items() if value is not None}
            assert {name: new[name] for name in had} == had
