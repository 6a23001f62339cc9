"""What the rows of a table are made by, and the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from sqlalchemy import Table

from app.database import Base, Row
from app.seeding.makers import TRIES, Draw, Maker, NoValueError


@dataclass(frozen=True, slots=True)
class Link:
    """A table of pairs: two columns, and the tables that they point at."""

    name: str
    left: tuple[str, str]
    right: tuple[str, str]

    @property
    def table(self) -> Table:
        return Base.metadata.tables[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
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
    shared: bool = False
    """Whether others may have written rows of it before."""

    @property
    def table(self) -> Table:
        return cast("Table", self.model.__table__)

    def wanted(self, rows: int) -> int:
        """How many rows to make of it where so many of each are wanted."""
        return max(self.least, rows if self.most is None else min(rows, self.most))


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a run come from: how many of each, by which seed, and the ids so far."""

    rows: int
    seed: int
    keys: dict[str, Sequence[Any]] = field(default_factory=dict)

    def draws(self, name: str, rows: int) -> Iterator[Draw]:
        """One for each row, with a chance of the table's own: others may change beside it."""
        random = Random(f"{self.seed} {name}")  # noqa: S311 - rows, not secrets  # nosec B311
        return (Draw(random, number, rows, self.keys) for number in range(rows))


def rows_of(seeds: Seeds, source: Source) -> Iterator[Row]:
    """The rows of a table, until there are as many as wanted or no other can be made."""
    taken: list[set[tuple[Any, ...]]] = [set() for _ in seeds.distinct]
    for draw in source.draws(seeds.table.name, seeds.wanted(source.rows)):
        row = next(distinct_rows(seeds, draw, taken), None)
        if row is None:
            return
        yield row


def distinct_rows(seeds: Seeds, draw: Draw, taken: Sequence[set[tuple[Any, ...]]]) -> Iterator[Row]:
    """Tries at a row that has in no group of columns what another has."""
    for _ in range(TRIES):
        row = one_row(seeds.columns, draw)
        groups = [tuple(row[name] for name in group) for group in seeds.distinct] if row else []
        if row is None or any(map(set.__contains__, taken, groups)):
            continue
        for seen, values in zip(taken, groups, strict=True):
            if None not in values:
                seen.add(values)
        yield row


def one_row(columns: Mapping[str, Maker], draw: Draw) -> Row | None:
    """A row, or None where a column had no value for it."""
    draw.row = {}
    try:
        for name, maker in columns.items():
            draw.row[name] = maker(draw)
    except NoValueError:
        return None
    return draw.row


def later_rows(seeds: Seeds, source: Source) -> Iterator[Row]:
    """The references that waited, with the id of their row as `_key`."""
    keys = source.keys[seeds.table.name]
    for draw in source.draws(f"{seeds.table.name} later", len(keys)):
        row = one_row(seeds.later, draw)
        if row and any(value is not None for value in row.values()):
            yield {"_key": keys[draw.number], **row}


def pairs_of(link: Link, source: Source) -> Iterator[Row]:
    """As many pairs as there are rows on the longer side, no two alike, nothing with itself."""
    (left, left_table), (right, right_table) = link.left, link.right
    lefts, rights = source.keys[left_table], source.keys[right_table]
    seen = set()
    for draw in source.draws(link.name, max(len(lefts), len(rights)) if lefts and rights else 0):
        pair = draw.random.choice(lefts), draw.random.choice(rights)
        if pair not in seen and not (left_table == right_table and pair[0] == pair[1]):
            seen.add(pair)
            yield dict(zip((left, right), pair, strict=True))
