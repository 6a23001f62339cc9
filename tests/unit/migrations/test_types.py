"""A column that changes its type keeps its values wherever the new type has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from change_cases import kinds
from migrating import Change, Migrated, change, fresh, migrate
from migration_databases import ENGINES, empty_database, in_database
from type_cases import CARRIED, LOST, Case

from generator.generation import Design
from generator.migrations.dialects import identifier
from generator.migrations.revision import initial_revision
from generator.migrations.step import ImpossibleChangeError
from generator.migrations.stored import stored
from generator.spec.model import Engine

QUICK = ("text shrinks", "a wide decimal shrinks", "int to a wide decimal", "date to datetime")


Values = dict[str, list[Any]]
"""Two values for each column."""


def page(fields: dict[str, str]) -> str:
    head = "scaffold: 1\nservice: {name: shop}\nauth: none\nenums: {Size: [small, large]}\n"
    lines = "".join(f"      {name}: '{field}'\n" for name, field in fields.items())
    keys = "    id: int\n    timestamps: false\n    versioned: false\n"
    return f"{head}resources:\n  thing:\n{keys}    fields:\n{lines}"


def put(url: sa.URL, design: Design, engine: Engine, values: Values) -> None:
    """Two rows with these values."""
    table = next(table for table in design.tables if table.name == "things")
    fields = [table.column(name).field for name in values]
    for number in range(2):
        row = zip(values.values(), fields, strict=True)
        texts = [stored(found[number], field, engine) for found, field in row]
        insert = f"INSERT INTO things (id, {', '.join(values)}) VALUES ({number + 1}, "
        statement = f"{insert}{', '.join(texts)})".replace(":", r"\:")
        in_database(url, lambda c, s=statement: c.execute(sa.text(s)))  # type: ignore[misc]


def read(url: sa.URL) -> list[dict[str, Any]]:
    """The rows, as the driver gives them; two values of unlike types are unlike."""

    def use(connection: sa.Connection) -> list[dict[str, Any]]:
        rows = connection.exec_driver_sql("SELECT * FROM things ORDER BY id").mappings()
        return [{name: (type(found), found) for name, found in row.items()} for row in rows]

    return in_database(url, use)


def kept_by_a_new_project(made: Change, values: Values, folder: Path) -> list[dict[str, Any]]:
    """What a table that was made from the new page keeps of these values."""
    with empty_database(made.engine, folder) as url:
        migrate(url, [initial_revision(made.new.tables, made.engine)[1]])
        put(url, made.new, made.engine, values)
        return read(url)


@pytest.mark.parametrize("name", QUICK)
def test_values_are_carried_over_on_sqlite(name: str, tmp_path: Path) -> None:
    carried({"a": CARRIED[name]}, "sqlite", tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CARRIED)
def test_values_are_carried_over(name: str, engine: Engine, tmp_path: Path) -> None:
    carried({"a": CARRIED[name]}, engine, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
def test_values_of_every_type_are_carried_over_at_once(engine: Engine, tmp_path: Path) -> None:
    carried({f"c{number}": case for number, case in enumerate(CARRIED.values())}, engine, tmp_path)


def carried(cases: dict[str, Case], engine: Engine, tmp_path: Path) -> None:
    """Upgrade, downgrade and upgrade again; each column has a case of its own."""
    old = page({name: case[0] for name, case in cases.items()})
    new = page({name: case[1] for name, case in cases.items()})
    made, wanted = change(old, new, engine), {name: case[3] for name, case in cases.items()}
    with empty_database(engine, tmp_path) as url:
        database = Migrated(made, url)
        database.start(0)
        before, after = database.schema(), fresh(made.new, engine, tmp_path)
        put(url, made.old, engine, {name: case[2] for name, case in cases.items()})
        database.upgrade()
        assert database.schema() == after
        assert read(url) == kept_by_a_new_project(made, wanted, tmp_path)
        database.downgrade()
        assert database.schema() == before
        database.upgrade()
        assert database.schema() == after
        assert read(url) == kept_by_a_new_project(made, wanted, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", LOST)
def test_values_of_another_kind_are_given_up(name: str, engine: Engine, tmp_path: Path) -> None:
    old, new = (page({"a": field}) for field in LOST[name])
    made = change(old, new, engine)
    assert "what is in things.a" in [step.loses for step in made.steps]
    with empty_database(engine, tmp_path) as url:
        database = Migrated(made, url)
        database.start(2)
        database.upgrade()
        assert database.schema() == fresh(made.new, engine, tmp_path)
        assert len(read(url)) == 2
        database.downgrade()
        database.upgrade()
        assert database.schema() == fresh(made.new, engine, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("string", "string encrypted", "encrypt"),
        ("string encrypted", "string", "decrypt"),
        ("string encrypted", "int encrypted", "change"),
        ("string", "date", "default"),
    ],
)
def test_what_cannot_be_done_is_said(old: str, new: str, reason: str) -> None:
    with pytest.raises(ImpossibleChangeError, match=reason) as caught:
        assert change(page({"a": old}), page({"a": new}), "sqlite").steps
    (obstacle,) = caught.value.obstacles
    assert (obstacle.table, obstacle.column) == ("things", "a")


def test_encrypted_values_of_an_enum_are_not_renamed() -> None:
    old = kinds("[small, large]") + "      sealed: Kind encrypted\n"
    new = kinds("{small: , huge: {renamed_from: large}}") + "      sealed: Kind encrypted\n"
    with pytest.raises(ImpossibleChangeError, match="no migration can rename") as caught:
        assert change(old, new, "sqlite").steps
    assert [one.column for one in caught.value.obstacles] == ["sealed"]


def test_encrypted_texts_stay_texts() -> None:
    assert (
        change(
            page({"a": "string(20) encrypted"}), page({"a": "text encrypted"}), "postgresql"
        ).steps
        == ()
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_identifiers_are_quoted(engine: Engine) -> None:
    assert identifier("order", engine) != "order"


@pytest.mark.proof
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        ("bigint", "int", 2**40),
        ("decimal(8, 2)", "decimal(4, 2)", "999.5"),
        ("string(20)", "int", "'12a'"),
        ("string(20)", "Size", "'other'"),
    ],
)
def test_rows_that_would_be_wrong_stop_it(
    old: str, new: str, value: object, engine: Engine, tmp_path: Path
) -> None:
    made = change(page({"a": old}), page({"a": new}), engine)
    assert any(step.may_fail for step in made.steps)
    with empty_database(engine, tmp_path) as url:
        database = Migrated(made, url)
        database.start(0)
        scaled = "99950" if (engine, value) == ("sqlite", "999.5") else value
        insert = f"INSERT INTO things (id, a) VALUES (1, {scaled})"
        in_database(url, lambda c: c.exec_driver_sql(insert))
        with pytest.raises((sa.exc.DBAPIError, ValueError)):
            database.upgrade()
        assert len(read(url)) == 1
