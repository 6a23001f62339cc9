"""A table as data: its columns and all that the database enforces. Nothing here knows an engine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.spec.model import Default, EnumType, Field, OnDelete


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Where a column points; `on_delete` as the spec says it, `restrict` being SQL's default."""

    name: str
    table: str
    column: str = "id"
    on_delete: OnDelete = "restrict"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlugOf:
    """A slug that is made from the text of another column."""

    column: str
    unique: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOf:
    """The words of the texts of other columns."""

    columns: tuple[str, ...]


Fill = Default | SlugOf | WordsOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `field` tells its type; a foreign key's is that of the key it points at."""

    name: str
    key: str
    """Its name in the API: `author_id` for the relation `author`, whatever the column is called."""
    field: Field
    nullable: bool = False
    primary_key: bool = False
    references: ForeignKey | None = None
    fill: Fill | None = None
    """What it holds in a row that was there before it; None where nothing can be said of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """A unique constraint over columns, of every row or of the live ones alone."""

    name: str
    columns: tuple[str, ...]
    live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index over columns, each ascending or descending."""

    name: str
    columns: tuple[tuple[str, bool], ...]
    """Name, and whether it descends."""
    of_words: bool = False
    """Whether it finds the words of a text: only PostgreSQL has such an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersCheck:
    """The column holds one of the enum's members."""

    name: str
    column: str
    enum: EnumType


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundCheck:
    """The column compares so with a number, one that `bounds.attainable` made of the spec's."""

    name: str
    column: str
    comparison: str
    bound: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsCheck:
    """Two columns compare so with each other."""

    name: str
    left: str
    comparison: str
    right: str


Check = MembersCheck | BoundCheck | ColumnsCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table with all that the database enforces.

    Constraint names fit every engine: what is past PostgreSQL's limit is cut and hashed.
    """

    name: str
    columns: tuple[Column, ...]
    uniques: tuple[Unique, ...] = ()
    indexes: tuple[Index, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the database itself counts the rows: one key, a whole number."""
        keys = [column for column in self.columns if column.primary_key]
        return len(keys) == 1 and keys[0].field.type in ("int", "bigint")

    @property
    def counts_live(self) -> bool:
        """Whether something is unique among the live rows alone."""
        return any(unique.live for unique in self.uniques)

    def column(self, name: str) -> Column:
        """The column of that name. Raises `KeyError` where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
