"""What rows that were there hold in new columns, and which rows go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from migrating import ROOT, Migrated, change, fresh
from migration_databases import ENGINES, empty_database, in_database

from generator.migrations.rows import words_of
from generator.migrations.step import ImpossibleChangeError
from generator.spec.model import Engine

PLAIN = "    id: int\n    timestamps: false\n    versioned: false\n"
WORDS = "templates/features/search/words/files/app/words.py.jinja"
TITLES = ("Moon & Mars", "moon, mars!", "  ", "Ünïcode ﬁsh", "東京")
engines = pytest.mark.parametrize(
    "engine",
    [
        "sqlite",
        *(
            pytest.param(engine, marks=pytest.mark.proof)
            for engine in ENGINES
            if engine != "sqlite"
        ),
    ],
)


def thing(*fields: str, keys: str = "") -> str:
    lines = "".join(f"      {line}\n" for line in ("title: string", *fields))
    return f"  thing:\n{PLAIN}{keys}    fields:\n{lines}"


@contextmanager
def upgraded(
    old: str, new: str, engine: Engine, folder: Path, *statements: str
) -> Iterator[Migrated]:
    """A database with these rows, after the change."""
    made = change(old, new, engine)
    with empty_database(engine, folder) as url:
        database = Migrated(made, url)
        database.start(0)
        for statement in statements:
            in_database(url, lambda c, s=statement: c.execute(sa.text(s)))  # type: ignore[misc]
        database.upgrade()
        yield database
        assert database.schema() == fresh(made.new, engine, folder)


def ask(database: Migrated, query: str) -> list[tuple[Any, ...]]:
    def use(connection: sa.Connection) -> Sequence[Any]:
        return connection.exec_driver_sql(query).all()

    return [tuple(row) for row in in_database(database.url, use)]


def titles() -> list[str]:
    insert = "INSERT INTO things (id, title) VALUES"
    return [f"{insert} ({number}, '{title}')" for number, title in enumerate(TITLES, 1)]


def test_words_are_found_as_the_application_finds_them() -> None:
    source = (ROOT / WORDS).read_text(encoding="utf-8").split("#}\n", 1)[1]
    names: dict[str, Any] = {}
    exec(compile(source, WORDS, "exec"), names)
    for text in (*TITLES, "a" * 200, "ß SS \u017f", "1½ x\u0301", None):
        assert words_of(text, "Other") == names["stored"](names["words_of"](text, "Other"))


@engines
def test_a_search_finds_rows_that_were_there(engine: Engine, tmp_path: Path) -> None:
    new = thing(keys="    search: [title]\n")
    with upgraded(thing(), new, engine, tmp_path, *titles()) as database:
        found = ask(database, "SELECT _words FROM things ORDER BY id")
    assert [sorted(re.findall(r"\w+", words)) for (words,) in found] == [
        sorted(words_of(title).split()) for title in TITLES
    ]


@engines
def test_a_search_of_other_texts_finds_them(engine: Engine, tmp_path: Path) -> None:
    old = thing("note: string = x", keys="    search: [title]\n")
    new = thing("text: {type: string, renamed_from: note}", keys="    search: [title, text]\n")
    row = "INSERT INTO things (id, title, note, _words) VALUES (1, 'Moon', 'Mars', '')"
    with upgraded(old, new, engine, tmp_path, row) as database:
        ((words,),) = ask(database, "SELECT _words FROM things")
        assert {"moon", "mars"} == set(re.findall(r"\w+", words))
        database.downgrade()
        ((words,),) = ask(database, "SELECT _words FROM things")
        assert {"moon"} == set(re.findall(r"\w+", words))
        database.upgrade()


@engines
def test_slugs_are_made_of_their_source(engine: Engine, tmp_path: Path) -> None:
    new = thing("slug: slug unique from title")
    with upgraded(thing(), new, engine, tmp_path, *titles()) as database:
        found = [slug for (slug,) in ask(database, "SELECT slug FROM things ORDER BY id")]
    assert found == ["moon-mars", "moon-mars-2", "row", "unicode-fish", "row-2"]


@engines
def test_each_row_has_a_uuid_of_its_own(engine: Engine, tmp_path: Path) -> None:
    new = thing("code: uuid unique = uuid")
    with upgraded(thing(), new, engine, tmp_path, *titles()) as database:
        codes = [str(code).replace("-", "") for (code,) in ask(database, "SELECT code FROM things")]
    assert len(set(codes)) == len(TITLES)
    assert all(re.fullmatch("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}", code) for code in codes)


@engines
def test_timestamps_and_versions_begin_now(engine: Engine, tmp_path: Path) -> None:
    new = thing().replace("    timestamps: false\n    versioned: false\n", "")
    with upgraded(thing(), new, engine, tmp_path, *titles()) as database:
        found = ask(database, "SELECT created_at, updated_at, _version FROM things")
    assert {version for _, _, version in found} == {1}
    assert all(re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", str(at)) for at, _, _ in found)


@engines
def test_null_takes_the_default_where_it_is_allowed_no_more(engine: Engine, tmp_path: Path) -> None:
    rows = ("INSERT INTO things (id, title, a) VALUES (1, 'x', NULL), (2, 'y', 3)",)
    with upgraded(thing("a: int?"), thing("a: int = 7"), engine, tmp_path, *rows) as database:
        assert ask(database, "SELECT a FROM things ORDER BY id") == [(7,), (3,)]


@engines
def test_null_without_a_default_stops_it(engine: Engine, tmp_path: Path) -> None:
    rows = ("INSERT INTO things (id, title, a) VALUES (1, 'x', NULL)",)
    made = change(thing("a: int?"), thing("a: int"), engine)
    assert "rows of things where a is null" in [step.may_fail for step in made.steps]
    with (
        pytest.raises(sa.exc.DBAPIError),
        upgraded(thing("a: int?"), thing("a: int"), engine, tmp_path, *rows),
    ):
        pass


def test_a_required_column_asks_for_a_default() -> None:
    with pytest.raises(ImpossibleChangeError, match="default") as caught:
        assert change(thing(), thing("a: int"), "sqlite").steps
    assert [(one.table, one.column) for one in caught.value.obstacles] == [("things", "a")]


OWNER = "  owner: {fields: {name: string}}\n"


@engines
def test_a_required_link_wants_a_table_without_rows(engine: Engine, tmp_path: Path) -> None:
    old, new = thing() + OWNER, thing() + "    relations: {owner: belongs_to owner}\n" + OWNER
    assert any("any row of things" in (s.may_fail or "") for s in change(old, new, engine).steps)
    with upgraded(old, new, engine, tmp_path):
        pass
    with pytest.raises(sa.exc.DBAPIError), upgraded(old, new, engine, tmp_path, *titles()):
        pass


KEPT = """\
  thing:
    id: int
    timestamps: false
    versioned: false
KEEPS    fields: {title: string unique}
  part:
    id: int
    timestamps: false
    versioned: false
    fields: {x: int = 0}
    relations:
      whole: belongs_to thing on_delete cascade
  screw:
    id: int
    timestamps: false
    versioned: false
    fields: {x: int = 0}
    relations:
      part: belongs_to part on_delete cascade
      other: belongs_to thing? on_delete set_null
"""
DELETED = (
    "INSERT INTO things (id, title, _deleted_at) VALUES (1, 'x', '2026-01-31 00:00:00'), "
    "(2, 'x', NULL)",
    "INSERT INTO parts (id, x, whole_id) VALUES (1, 0, 1), (2, 0, 2)",
    "INSERT INTO screws (id, x, part_id, other_id) VALUES (1, 0, 1, 2), (2, 0, 2, 1), (3, 0, 2, 2)",
)


@engines
def test_deleted_rows_that_were_kept_go_for_good(engine: Engine, tmp_path: Path) -> None:
    old, new = KEPT.replace("KEEPS", "    soft_delete: true\n"), KEPT.replace("KEEPS", "")
    made = change(old, new, engine)
    assert any("deleted and kept" in (step.loses or "") for step in made.steps)
    rows = [row.replace(":", r"\:") for row in DELETED]
    with upgraded(old, new, engine, tmp_path, *rows) as database:
        assert ask(database, "SELECT id, title FROM things") == [(2, "x")]
        assert ask(database, "SELECT id FROM parts") == [(2,)]
        assert ask(database, "SELECT id, other_id FROM screws ORDER BY id") == [(2, None), (3, 2)]
