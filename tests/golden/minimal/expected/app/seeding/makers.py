"""How the value of a column is found: from a domain, from other rows, or from the row itself."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from app.seeding.domains import Domain, dashed

FILLED = 0.75
"""How many of the values are there that may be missing."""
TRIES = 30


class NoValueError(Exception):
    """Nothing is left that the column may hold."""


@dataclass(slots=True)
class Draw:
    """The row that is being made, and what it holds so far."""

    random: Random
    number: int
    """Its place among the rows of the table, those included that were there before."""
    first: int
    """The place of the first new row."""
    serial: int
    """Which of the values it has that no two rows share."""
    moment: datetime
    """When the row came into being: the first rows long ago, the last ones lately."""
    keys: Mapping[Hashable, Sequence[Any]]
    """The ids of the rows that there are, by table."""
    row: dict[str, Any] = field(default_factory=dict)


Maker: TypeAlias = Callable[[Draw], Any]


def some(domain: Domain) -> Maker:
    """A value by chance."""

    def make(draw: Draw) -> Any:
        if domain.usual < 1:
            raise NoValueError
        return domain.at(draw.random.randrange(domain.usual))

    return make


def each(domain: Domain) -> Maker:
    """A value that no other row has."""

    def make(draw: Draw) -> Any:
        if draw.serial >= domain.size:
            raise NoValueError
        return domain.at(draw.serial)

    return make


def maybe(maker: Maker) -> Maker:
    """Nothing in some of the rows, and where there is no value."""

    def make(draw: Draw) -> Any:
        missing = draw.random.random() > FILLED
        try:
            value = maker(draw)
        except NoValueError:
            return None
        return None if missing else value

    return make


def several(maker: Maker, least: int, most: int) -> Maker:
    """A list of values."""
    return lambda draw: [maker(draw) for _ in range(draw.random.randint(least, most))]


def firsts(values: Iterable[object], rest: Maker) -> Maker:
    """These values in the first rows, and in the others what comes next."""
    known = list(values)

    def make(draw: Draw) -> Any:
        ahead = draw.serial < len(known)
        return known[draw.serial] if ahead else rest(draw)

    return make


def always(value: object) -> Maker:
    """The same in every row."""
    return lambda _: value


def same_as(other: str) -> Maker:
    """What another column of the row holds, if anything."""

    def make(draw: Draw) -> Any:
        if draw.row[other] is None:
            raise NoValueError
        return draw.row[other]

    return make


def holding(maker: Maker, compare: Callable[[Any, Any], bool], other: str) -> Maker:
    """A value that compares so with another column of the row; where one is null it may be any."""

    def make(draw: Draw) -> Any:
        for _ in range(TRIES):
            value = maker(draw)
            if value is None or draw.row[other] is None or compare(value, draw.row[other]):
                return value
        raise NoValueError

    return make


def slug_of(other: str, longest: int) -> Maker:
    """A slug of another column of the row."""
    return lambda draw: dashed(str(draw.row[other] or ""))[:longest].rstrip("-") or "row"


def own_slug_of(other: str, longest: int) -> Maker:
    """A slug of another column of the row, with a number that no other row has."""

    def make(draw: Draw) -> str:
        number = str(draw.serial + 1)
        if len(number) > longest:
            raise NoValueError
        head = dashed(str(draw.row[other] or ""))[: max(longest - len(number) - 1, 0)].rstrip("-")
        return f"{head}-{number}" if head else number

    return make


def person_of(address: str, rest: Maker) -> Maker:
    """Whose name an e-mail address of the row is made of; where it is of none, what comes next."""

    def make(draw: Draw) -> Any:
        local = str(draw.row[address] or "").partition("@")[0]
        names = [word.capitalize() for word in local.split(".") if word.isalpha()]
        return " ".join(names) if len(names) > 1 else rest(draw)

    return make


def one_of(table: str) -> Maker:
    """The id of a row of that table."""

    def make(draw: Draw) -> Any:
        if not draw.keys[table]:
            raise NoValueError
        return draw.random.choice(draw.keys[table])

    return make


def own_of(table: str) -> Maker:
    """The id of a row of that table to which no other row points."""

    def make(draw: Draw) -> Any:
        if draw.serial >= len(draw.keys[table]):
            raise NoValueError
        return draw.keys[table][draw.serial]

    return make


def earlier_of(table: str) -> Maker:
    """The id of an earlier row of the same table, so that rows make trees and never rings."""

    def make(draw: Draw) -> Any:
        if not draw.number:
            raise NoValueError
        return draw.keys[table][draw.random.randrange(draw.number)]

    return make


def previous_of(table: str) -> Maker:
    """The id of the row before, to which no other points."""

    def make(draw: Draw) -> Any:
        if draw.number == draw.first:
            raise NoValueError
        return draw.keys[table][draw.number - 1]

    return make


def time_ordered() -> Maker:
    """A UUID of the moment and of chance (RFC 9562, 5.7)."""

    def make(draw: Draw) -> UUID:
        milliseconds = int(draw.moment.timestamp() * 1000)
        chance = draw.random.getrandbits(74)
        high, low = chance >> 62, chance & (2**62 - 1)
        return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)

    return make


def created() -> Maker:
    """When the row came into being."""
    return lambda draw: draw.moment


def updated() -> Maker:
    """When the row was last written, at once or up to a day later."""

    def make(draw: Draw) -> datetime:
        later = draw.random.choice([0, 0, 0, draw.random.randrange(24 * 60)])
        return draw.moment + timedelta(minutes=later)

    return make


def afterwards() -> Maker:
    """Some minute of the month after the row came into being."""
    return lambda draw: draw.moment + timedelta(minutes=draw.random.randrange(30 * 24 * 60))
