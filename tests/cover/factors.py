"""The projects of the cover: so few that each pair of levels of two factors is in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any, cast

from covertable import make
from ruamel.yaml import YAML

from generator.spec.model import Engine

SALT = "7"
"""What the order of the search hangs on: of the first forty, the one that leads to the fewest
projects."""
Levels = Mapping[str, str]
"""A level for each factor, or for some of them."""
Pair = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Factors:
    """What a project can be: the pieces of a spec by factor and level, and what can't meet."""

    base: Mapping[str, Any]
    pieces: Mapping[str, Mapping[str, Mapping[str, Any]]]
    excluded: tuple[Levels, ...]

    def can_be(self, levels: Levels) -> bool:
        """Whether the language allows these levels beside each other."""
        return not any(one.items() <= levels.items() for one in self.excluded)

    def pairs(self) -> Iterator[Pair]:
        """Every pair of levels of two factors that can be."""
        for (first, ones), (second, others) in combinations(self.pieces.items(), 2):
            for one, other in product(ones, others):
                if self.can_be({first: one, second: other}):
                    yield frozenset({(first, one), (second, other)})


@dataclass(frozen=True, slots=True)
class Row:
    """One project of the cover: its number, from 1, and its level of each factor."""

    number: int
    levels: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"cover-{self.number:02}"

    @property
    def engine(self) -> Engine:
        """The engine that it runs on."""
        return cast("Engine", dict(self.levels)["engine"])

    def pairs(self) -> Iterator[Pair]:
        """The pairs of levels that meet in it."""
        return map(frozenset, combinations(self.levels, 2))


@cache
def factors() -> Factors:
    """Those of factors.yaml."""
    text = Path(__file__).with_name("factors.yaml").read_text("utf-8")
    read = YAML(typ="safe").load(text)
    return Factors(read["base"], read["factors"], tuple(read["excluded"]))


@cache
def rows() -> tuple[Row, ...]:
    """Every project, the same ones in the same order on every machine."""
    known = factors()
    levels = {name: [*pieces] for name, pieces in known.pieces.items()}
    found = make(levels, salt=SALT, constraints=[*map(not_all, known.excluded)])
    return tuple(
        Row(number, tuple((name, one[name]) for name in levels))
        for number, one in enumerate(found, 1)
    )


def not_all(levels: Levels) -> Mapping[str, Any]:
    """That one of the levels is another, as covertable has it said."""
    others = [{"operator": "ne", "left": name, "value": level} for name, level in levels.items()]
    return {"operator": "or", "conditions": others}
