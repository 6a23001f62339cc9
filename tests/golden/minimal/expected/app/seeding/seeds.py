"""What the rows of a table are made by, and the rows."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeAlias, cast

from sqlalchemy import ColumnElement, Select, Table, select, true

from app.database import Base, Row
from app.seeding.domains import LATEST
from app.seeding.makers import TRIES, Draw, Maker, NoValueError
from app.seeding.taken import Taken

SPAN = timedelta(days=730)
"""The time in which the rows came into being."""

Keys: TypeAlias = defaultdict[Hashable, list[Any]]


@dataclass(frozen=True, slots=True)
class Link:
    """A table of pairs: two columns, and the tables that they point at."""

    name: str
    left: tuple[str, str]
    right: tuple[str, str]

    @property
    def table(self) -> Table:
        return Base.metadata.tables[self.name]

    def pair(self, draw: Draw) -> tuple[Any, Any] | None:
        """The ids of a row on either side, None where they don't go together."""
        lefts, rights = draw.keys[self.left[1]], draw.keys[self.right[1]]
        return draw.random.choice(lefts), draw.random.choice(rights)


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """How each column of a table is filled, by its attribute."""

    model: type[Base]
    columns: Mapping[str, Maker]
    later: Mapping[str, Maker] = field(default_factory=dict)
    """References that wait until every table has rows: those to the table itself, and in circles."""
    distinct: Sequence[tuple[str, ...]] = ()
    """Columns that no two rows have the same values in together."""
    links: Sequence[Link] = ()
    stamp: str | None = None
    """The column that every write would set to the present."""
    least: int = 0
    most: int | None = None
    """So many rows are made at least and at most, however many are wanted."""
    live: ColumnElement[bool] = field(default_factory=true)
    """Which of the rows that are there others may point at."""

    @property
    def table(self) -> Table:
        return cast("Table", self.model.__table__)

    @property
    def kept(self) -> tuple[str, ...]:
        """What new rows have to know of those that are there, beside what none may have twice."""
        return ("id",)

    def wanted(self, rows: int) -> int:
        """How many rows to make of it where so many of each are wanted."""
        return max(self.least, rows if self.most is None else min(rows, self.most))

    def held(self) -> Select[Any]:
        """The rows that are there, as far as they matter to new ones."""
        names = dict.fromkeys([*self.kept, *(name for group in self.distinct for name in group)])
        columns = (self.table.c[name].label(name) for name in names)
        return select(*columns, self.live.label("_live"))

    def note(self, keys: Keys, rows: Iterable[Row]) -> None:
        """Keep what other rows may point at."""
        keys[self.table.name] += [row["id"] for row in rows]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a run come from: how many of each, by which seed, and the ids so far."""

    rows: int
    seed: int
    keys: Keys = field(default_factory=lambda: defaultdict(list))
    first: dict[str, int] = field(default_factory=dict)
    """The place of the first new row of each table."""

    def begin(self, seeds: Seeds, held: Iterable[Row]) -> None:
        """Take up the rows that a table has."""
        seeds.note(self.keys, [row for row in held if row["_live"]])
        self.first[seeds.table.name] = len(self.keys[seeds.table.name])

    def made(self, table: str) -> int:
        """How many rows of a table are new."""
        return len(self.keys[table]) - self.first[table]

    def draws(self, name: str, rows: int, first: int = 0) -> Iterator[Draw]:
        """One for each row, with a chance of the table's own: others may change beside it."""
        chance = f"{self.seed} {name} {first}" if first else f"{self.seed} {name}"
        random = Random(chance)  # noqa: S311 - rows, not secrets  # nosec B311
        serial = 0
        for place in range(rows):
            moment = LATEST - SPAN * (rows - place) / rows
            draw = Draw(random, first + place, first, serial, moment, self.keys)
            yield draw
            serial = draw.serial + 1


def rows_of(seeds: Seeds, source: Source, held: Iterable[Row] = ()) -> Iterator[Row]:
    """The new rows of a table, until there are as many as wanted or no other can be made."""
    name = seeds.table.name
    taken = Taken.of(seeds.distinct, seeds.columns, held)
    for draw in source.draws(name, seeds.wanted(source.rows), source.first[name]):
        row = next_row(seeds.columns, draw, taken)
        if row is None:
            return
        yield row


def next_row(columns: Mapping[str, Maker], draw: Draw, taken: Taken) -> Row | None:
    """A row that has in no group of columns what another has; None where none can be made.

    A value that no two rows share gives way to the next one, all else to another chance.
    """
    tries, passed = TRIES, 0
    while tries:
        row = one_row(columns, draw)
        clashes = taken.take(row) if row else []
        if row and not clashes:
            return row
        if any(len(group) == 1 for group in clashes) and passed < len(taken):
            draw.serial += 1
            passed += 1
        else:
            tries -= 1
    return None


def one_row(columns: Mapping[str, Maker], draw: Draw) -> Row | None:
    """A row, or None where a column had no value for it."""
    draw.row = {}
    try:
        for name, maker in columns.items():
            draw.row[name] = maker(draw)
    except NoValueError:
        return None
    return draw.row


def later_rows(seeds: Seeds, source: Source, held: Iterable[Row] = ()) -> Iterator[Row]:
    """The references of new rows that waited, with the id of their row as `_key`."""
    name = seeds.table.name
    taken = Taken.of(seeds.distinct, seeds.later, held)
    for draw in source.draws(f"{name} later", source.made(name), source.first[name]):
        row = next_row(seeds.later, draw, taken)
        if row and any(value is not None for value in row.values()):
            yield {"_key": source.keys[name][draw.number], **row}


def pairs_of(link: Link, source: Source, held: Iterable[Row] = ()) -> Iterator[Row]:
    """As many pairs as there are new rows on the longer side, none twice, nothing with itself."""
    (left, left_table), (right, right_table) = link.left, link.right
    rows = max(source.made(left_table), source.made(right_table))
    both = source.keys[left_table] and source.keys[right_table]
    seen = {(row[left], row[right]) for row in held}
    for draw in source.draws(link.name, rows if both else 0, len(seen)):
        pair = link.pair(draw)
        if pair and pair not in seen and not (left_table == right_table and pair[0] == pair[1]):
            seen.add(pair)
            yield dict(zip((left, right), pair, strict=True))
