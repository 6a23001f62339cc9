"""Writes seeded rows: some thousand with a statement, and all of them in one unit of work."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Update, bindparam, insert, select, update

from app.database import Database, Row, UnitOfWork
from app.seeding.seeds import Seeds, Source, later_rows, pairs_of, rows_of

BATCH = 2000
"""Rows of a statement: few enough for any server to take them in time."""

Say = Callable[[str], object]


async def fill(database: Database, tables: Sequence[Seeds], rows: int, seed: int, say: Say) -> None:
    """Add rows to the tables, to each after those that its rows can't be without: all or none.

    What is there stays as it is; new rows fit in beside it.
    """
    source = Source(rows, seed)
    async with database.unit_of_work() as work:
        for seeds in tables:
            await fill_table(work, seeds, source)
            say(told(seeds, source))
        for seeds in tables:
            await fill_later(work, seeds, source)


async def fill_table(work: UnitOfWork, seeds: Seeds, source: Source) -> None:
    """Write the rows of a table, and note their ids."""
    held = await work.all(seeds.held())
    source.begin(seeds, held)
    for batch in batches(rows_of(seeds, source, held)):
        seeds.note(source.keys, await added(work, seeds, batch))


async def added(work: UnitOfWork, seeds: Seeds, rows: list[Row]) -> list[Row]:
    """The rows, written, with the ids that they have or that the database counted."""
    if "id" in seeds.columns:
        await work.connection.execute(insert(seeds.table), rows)
        return rows
    statement = insert(seeds.table).returning(seeds.table.c.id, sort_by_parameter_order=True)
    ids = (await work.connection.execute(statement, rows)).scalars()
    return [{**row, "id": counted} for row, counted in zip(rows, ids, strict=True)]


async def fill_later(work: UnitOfWork, seeds: Seeds, source: Source) -> None:
    """Write what had to wait for all rows to be there: references, and pairs."""
    if seeds.later:
        held = await work.all(seeds.held())
        for batch in batches(later_rows(seeds, source, held)):
            await work.connection.execute(reference(seeds), batch)
    for link in seeds.links:
        held = await work.all(select(link.table))
        for batch in batches(pairs_of(link, source, held)):
            await work.connection.execute(insert(link.table), batch)


def reference(seeds: Seeds) -> Update:
    """The statement that sets references, and leaves alone when the row was last written."""
    table = seeds.table
    kept = {} if seeds.stamp is None else {seeds.stamp: table.c[seeds.stamp]}
    return update(table).where(table.c.id == bindparam("_key")).values(kept)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, some at a time."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def told(seeds: Seeds, source: Source) -> str:
    """How many rows a table got, and why not as many as wanted."""
    made, wanted = source.made(seeds.table.name), seeds.wanted(source.rows)
    short = "" if made >= wanted else f" of {wanted:,}: its constraints allow no others"
    return f"{seeds.table.name}: {made:,}{short}"
