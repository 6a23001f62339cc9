"""Writes seeded rows: some thousand at a time, each time in a unit of work of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Insert, Update, bindparam, insert, select, update

from app.database import Database, Row
from app.seeding.seeds import Seeds, Source, later_rows, pairs_of, rows_of

BATCH = 2000
"""Rows of a unit of work: few enough for any server to take them in time."""

Say = Callable[[str], object]


class NotEmptyError(Exception):
    """A table holds rows already, and new ones might be the same."""


async def fill(database: Database, tables: Sequence[Seeds], rows: int, seed: int, say: Say) -> None:
    """Fill the tables, each after those that its rows can't be without.

    Raises `NotEmptyError` where rows are there already; then nothing has been written.
    """
    await require_empty(database, tables)
    source = Source(rows, seed)
    for seeds in tables:
        await fill_table(database, seeds, source)
        say(told(seeds, source))
    for seeds in tables:
        await fill_later(database, seeds, source)


async def require_empty(database: Database, tables: Sequence[Seeds]) -> None:
    """See that nothing is there: a second run would make the same rows again."""
    for seeds in tables:
        found = await database.one(select(seeds.table.c.id).limit(1))
        if found is not None and not seeds.shared:
            raise NotEmptyError(f"{seeds.table.name} holds rows already: seeds fill empty tables.")


async def fill_table(database: Database, seeds: Seeds, source: Source) -> None:
    """Write the rows of a table, and note their ids."""
    made = []
    for batch in batches(rows_of(seeds, source)):
        await write(database, insert(seeds.table), batch)
        made += [row.get("id") for row in batch]
    if "id" not in seeds.columns:  # the database counts
        key = seeds.table.c.id
        made = [row["id"] for row in await database.all(select(key).order_by(key))]
    source.keys[seeds.table.name] = made


async def fill_later(database: Database, seeds: Seeds, source: Source) -> None:
    """Write what had to wait for all rows to be there: references, and pairs."""
    if seeds.later:
        for batch in batches(later_rows(seeds, source)):
            await write(database, reference(seeds), batch)
    for link in seeds.links:
        for batch in batches(pairs_of(link, source)):
            await write(database, insert(link.table), batch)


def reference(seeds: Seeds) -> Update:
    """The statement that sets references, and leaves alone when the row was last written."""
    table = seeds.table
    kept = {} if seeds.stamp is None else {seeds.stamp: table.c[seeds.stamp]}
    return update(table).where(table.c.id == bindparam("_key")).values(kept)


async def write(database: Database, statement: Insert | Update, rows: list[Row]) -> None:
    """Run a statement for each of the rows, or for none."""
    async with database.unit_of_work() as work:
        await work.connection.execute(statement, rows)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, some at a time."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def told(seeds: Seeds, source: Source) -> str:
    """How many rows a table got, and why not as many as wanted."""
    made, wanted = len(source.keys[seeds.table.name]), seeds.wanted(source.rows)
    short = "" if made >= wanted else f" of {wanted:,}: its constraints allow no others"
    return f"{seeds.table.name}: {made:,}{short}"
