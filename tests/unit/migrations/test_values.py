"""Values of enums that have other names: rows follow, whatever holds them, and once only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from change_cases import book, kinds
from migrating import Migrated, change
from migration_databases import ENGINES, empty_database, in_database

from generator.merge.between import between
from generator.migrations.stored import stored
from generator.spec.members import renamed_members
from generator.spec.model import Engine, EnumType, Member

OLD = """\
scaffold: 1
service: {name: shop}
auth: none
enums: {Kind: [paper, "it's: 100%", "a\\"b"]}
resources:
  book:
    timestamps: false
    versioned: false
    fields:
      kinds: Kind[]?
"""
NEW = OLD.replace(
    '[paper, "it\'s: 100%", "a\\"b"]',
    '{paper: , film: {renamed_from: "it\'s: 100%"}, sound: {renamed_from: "a\\"b"}}',
)
LISTS: tuple[list[str] | None, ...] = (
    None,
    [],
    ["paper"],
    ["it's: 100%", 'a"b', "it's: 100%"],
    ['a"b', "paper"],
)
NAMES = {"it's: 100%": "film", 'a"b': "sound"}


@pytest.mark.parametrize("engine", ENGINES)
def test_lists_follow_there_and_back(engine: Engine, tmp_path: Path) -> None:
    made = change(OLD, NEW, engine)
    with empty_database(engine, tmp_path) as url:
        database = Migrated(made, url)
        database.start(0)
        fill(database, engine)
        database.upgrade()
        named = [[NAMES.get(one, one) for one in some] if some else some for some in LISTS]
        assert lists(database) == named
        database.downgrade()
        assert lists(database) == [*LISTS]


def fill(database: Migrated, engine: Engine) -> None:
    """A row for each of the lists."""
    table = next(one for one in database.change.old.tables if one.name == "books")
    held = table.column("kinds").field
    for number, some in enumerate(LISTS):
        values = f"{stored_id(number, engine)}, {stored(some, held, engine)}"
        statement = f"INSERT INTO books (id, kinds) VALUES ({values})".replace(":", r"\:")
        in_database(database.url, lambda c, s=statement: c.execute(sa.text(s)))  # type: ignore[misc]


def stored_id(number: int, engine: Engine) -> str:
    text = f"{number:032x}"
    return (
        f"'{text}'"
        if engine == "sqlite"
        else f"'{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}'"
    )


def lists(database: Migrated) -> list[object]:
    rows = database.read(database.change.old.tables)["books"]
    return [
        json.loads(row["kinds"]) if isinstance(row["kinds"], str) else row["kinds"] for row in rows
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_it_is_said_what_becomes_of_them(engine: Engine) -> None:
    renamed = kinds("{paper: , movie: {renamed_from: film}}")
    steps = change(kinds("[paper, film]"), renamed, engine).steps
    assert [step.sentence for step in steps if step.sentence] == [
        "rename in books.kind film to movie",
        "change the check of books.kind",
    ]
    assert not any(step.may_fail or step.loses for step in steps)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            kinds("{a: {renamed_from: b}, b: {renamed_from: a}}"),
            kinds("{a: {renamed_from: b}, b: {renamed_from: a}, c: }"),
            id="values",
        ),
        pytest.param(
            book("a: {type: int, renamed_from: b}", "b: {type: int, renamed_from: a}"),
            book("a: {type: int, renamed_from: b}", "b: {type: int, renamed_from: a}", "c: int?"),
            id="columns",
        ),
        pytest.param(
            "  a: {renamed_from: b, fields: {x: int}}\n  b: {renamed_from: a, fields: {x: int}}\n",
            "  a: {renamed_from: b, fields: {x: int}}\n"
            "  b: {renamed_from: a, fields: {x: int, c: int?}}\n",
            id="tables",
        ),
    ],
)
def test_what_was_renamed_is_not_again_while_the_page_still_says_so(old: str, new: str) -> None:
    said = [step.sentence for step in change(old, new, "sqlite").steps if step.sentence]
    assert not any("rename" in one for one in said), said


def test_a_value_may_be_any_text_and_one_of_no_words_is_carried_into_no_code() -> None:
    old = '["", " ", "1", "?", film, b c]'
    new = (
        '{a: {renamed_from: ""}, two: {renamed_from: " "}, "2": {renamed_from: "1"}, '
        '"!": {renamed_from: "?"}, movie: {renamed_from: film}, c d: {renamed_from: b c}}'
    )
    made = change(kinds(old), kinds(new), "sqlite")
    names = {"": "a", " ": "two", "1": "2", "?": "!", "film": "movie", "b c": "c d"}
    assert [pair.values for pair in made.pairs if pair.values] == [{"kind": names}]
    found = between(made.old.spec, made.new.spec)
    assert [(one.old, one.new) for one in found] == [("film", "movie"), ("b c", "c d")]


def test_a_value_that_was_added_under_an_old_one_is_none() -> None:
    old = EnumType(name="Kind", members=(Member(value="a"),))
    new = EnumType(
        name="Kind", members=(Member(value="b", renamed_from="never"), Member(value="a"))
    )
    assert renamed_members([old], [new]) == {}
