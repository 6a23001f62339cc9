"""Ten changes in a row, whatever they are, lead to what a new project has, and keep the rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from chains import mutated
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from migrating import Change, Migrated, design, fresh
from migration_databases import ENGINES, empty_database
from strategies import Written, specs
from test_changes import same_rows

from generator.errors import ScaffoldError
from generator.generation import Design
from generator.spec.model import Engine

CHANGES, ROWS = 10, 2
EXAMPLES = settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@st.composite
def chains(draw: DrawFn, engine: Engine) -> list[Change]:
    """Changes that can be made to any rows, of ten that were tried."""
    page = draw(specs())
    found, made = _designed(page, engine), []
    for _ in range(CHANGES):
        other = mutated(draw, page)
        if found is None:
            page, found = other, _designed(other, engine)
            continue
        after = _designed(other, engine)
        change = Change(found, after, engine) if after else None
        if change is not None and _is_safe(change):
            made.append(change)
            page, found = other, after
    return made


def _designed(page: Written, engine: Engine) -> Design | None:
    text = re.sub(r"^database: .*\n", "", page.text(), flags=re.MULTILINE)
    try:
        return design(text, engine)
    except ScaffoldError:
        return None


def _is_safe(change: Change) -> bool:
    try:
        return bool(change.steps) and not any(step.may_fail for step in change.steps)
    except ScaffoldError:
        return False


def run(chain: list[Change], engine: Engine, folder: Path) -> None:
    """Make each change, then take all of them back, and make them again."""
    if not chain:
        return
    with empty_database(engine, folder) as url:
        database = Migrated(chain[0], url)
        database.start(ROWS)
        texts: list[str] = []
        for change in chain:
            database = _changed(change, url, folder)
            texts += database.texts
        wanted, database.texts = database.schema(), texts
        database.downgrade()
        database.upgrade()
        assert database.schema() == wanted


def _changed(change: Change, url: sa.URL, folder: Path) -> Migrated:
    database = Migrated(change, url)
    database.before = database.read(change.old.tables)
    database.upgrade()
    assert database.schema() == fresh(change.new, change.engine, folder)
    same_rows(database)
    return database


@EXAMPLES
@given(chain=chains("sqlite"))
def test_a_chain_on_sqlite(chain: list[Change], tmp_path_factory: pytest.TempPathFactory) -> None:
    run(chain, "sqlite", tmp_path_factory.mktemp("chain"))


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
@settings(EXAMPLES, max_examples=5)
@given(data=st.data())
def test_a_chain(
    engine: Engine, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run(data.draw(chains(engine)), engine, tmp_path_factory.mktemp("chain"))


@pytest.mark.thorough
@pytest.mark.parametrize("engine", ENGINES)
@settings(EXAMPLES, max_examples=40)
@given(data=st.data())
def test_many_chains(
    engine: Engine, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run(data.draw(chains(engine)), engine, tmp_path_factory.mktemp("chain"))
