"""Seeded rows: every table gets some, the same ones each time, and the service answers with them."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.__main__ import main
from app.database import Database
from app.main import PREFIX
from app.seeding import commands
from app.seeding.fill import fill
from app.seeding.order import TABLES
from app.seeding.seeds import Source, rows_of
from app.settings import Settings
from tests.conftest import connect

ROWS = 50


async def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    found = {}
    for seeds in TABLES:
        row = await database.one(select(func.count().label("rows")).select_from(seeds.table))
        found[seeds.table.name] = row["rows"] if row else 0
    return found


def lists(app: FastAPI) -> list[str]:
    """What answers with many rows, below the prefix of the API."""
    paths = (path for path, ways in app.openapi()["paths"].items() if "get" in ways)
    return [path.removeprefix(PREFIX) for path in paths if PREFIX in path and "{" not in path]


def made(seed: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, the ids that a database would count as numbers from 0."""
    source, tables = Source(ROWS, seed), dict[str, list[dict[str, Any]]]()
    for seeds in TABLES:
        source.begin(seeds, [])
        rows = [{"id": place, **row} for place, row in enumerate(rows_of(seeds, source))]
        seeds.note(source.keys, rows)
        tables[seeds.table.name] = rows
    return tables


async def test_every_table_is_filled_and_breaks_no_constraint(database: Database) -> None:
    said: list[str] = []
    await fill(database, TABLES, ROWS, 1, said.append)
    found = await counts(database)
    assert all(found.values())
    assert said == [f"{name}: {rows}" for name, rows in found.items()], (
        "fewer rows than wanted: change what the columns are filled from"
    )


async def test_references_and_links_that_wait_are_made_in_the_end(database: Database) -> None:
    await fill(database, TABLES, ROWS, 1, str)
    for seeds in TABLES:
        for name in seeds.later:
            column = seeds.table.c[name]
            assert await database.one(select(column).where(column.is_not(None)).limit(1)), column
        for link in seeds.links:
            assert await database.one(select(link.table).limit(1)), link.name


@pytest.mark.usefixtures("app")  # which says at what cost passwords are hashed
async def test_the_same_seed_makes_the_same_rows_and_another_makes_others() -> None:
    assert made(1) == made(1)
    assert made(1) != made(2)


async def test_what_is_there_stays_and_more_fits_in_beside_it(database: Database) -> None:
    await fill(database, TABLES, ROWS, 1, str)
    before = {seeds.table.name: await database.all(select(seeds.table)) for seeds in TABLES}
    said: list[str] = []
    await fill(database, TABLES, ROWS, 1, said.append)
    short = {line.split(":")[0] for line in said if "allow no others" in line}
    for seeds in TABLES:
        rows, after = before[seeds.table.name], await database.all(select(seeds.table))
        assert [row for row in rows if row not in after] == [], seeds.table.name
        added = len(after) - len(rows)
        assert added == seeds.wanted(ROWS) or seeds.table.name in short


async def test_what_fails_half_way_adds_nothing(database: Database) -> None:
    def fail(line: str) -> None:
        if line.startswith(f"{TABLES[-1].table.name}:"):
            raise LookupError

    with pytest.raises(LookupError):
        await fill(database, TABLES, ROWS, 1, fail)
    assert not any((await counts(database)).values())


async def test_lists_answer_with_seeded_rows(app: FastAPI, database: Database) -> None:
    await fill(database, TABLES, ROWS, 1, str)
    async with connect(app) as client:
        for path in lists(app):
            answer = await client.get(path)
            assert answer.status_code in (200, 401), answer.text


def test_production_is_not_filled_by_mistake(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = settings.model_copy(update={"environment": "production"})
    monkeypatch.setattr(commands, "load_settings", lambda: production)
    with pytest.raises(SystemExit, match="--yes-in-production"):
        main(["seed", "--rows", "1"])


def test_the_command_tells_what_it_made(
    settings: Settings,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(commands, "load_settings", lambda: settings)
    main(["seed", "--rows", "2"])
    said = capsys.readouterr().out
    assert all(seeds.table.name in said for seeds in TABLES)


@pytest.mark.parametrize("rows", ["0", "-1", "many"])
def test_rows_are_a_number(rows: str) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["seed", f"--rows={rows}"])
    assert refusal.value.code == 2
