"""The constraints and indexes of a table as an engine has them, to be compared and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from alembic.operations import ops
from sqlalchemy.schema import ColumnCollectionConstraint, conv

from generator.migrations.dialects import dialect
from generator.migrations.operations import CheckOp, KeyOp, Operation
from generator.spec.model import Engine

Kind = Literal["primary key", "foreign key", "unique", "check", "index"]
Item = sa.Constraint | sa.Index

KINDS: dict[type[sa.Constraint], Kind] = {
    sa.PrimaryKeyConstraint: "primary key",
    sa.ForeignKeyConstraint: "foreign key",
    sa.UniqueConstraint: "unique",
    sa.CheckConstraint: "check",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One constraint or index. Parts of one `meaning` differ in their names alone."""

    kind: Kind
    name: str
    table: str
    columns: tuple[str, ...]
    meaning: tuple[object, ...]
    item: Item

    @property
    def key(self) -> str:
        """What tells it from the others of its table: its name, but that of the key follows it."""
        return self.kind if self.kind == "primary key" else self.name

    @property
    def places(self) -> frozenset[tuple[str, str]]:
        """Its columns, each with their table."""
        return frozenset((self.table, name) for name in self.columns)

    @property
    def target(self) -> str | None:
        """The table that a foreign key leads to."""
        keys = getattr(self.item, "elements", ())
        return str(keys[0].target_fullname.rpartition(".")[0]) if keys else None

    @property
    def is_unique(self) -> bool:
        """Whether it refuses equal rows."""
        return self.kind == "unique" or bool(getattr(self.item, "unique", False))

    def called(self, name: str) -> Part:
        """The same under another name."""
        item = copy(self.item)
        item.name = conv(name)
        return replace(self, name=name, item=item)

    def create(self) -> Operation:
        """The operation that makes it."""
        if isinstance(self.item, sa.Index):
            return ops.CreateIndexOp.from_index(self.item)
        if isinstance(self.item, sa.CheckConstraint):
            return CheckOp(self.name, self.table, self.item.sqltext)
        if isinstance(self.item, sa.PrimaryKeyConstraint):
            return KeyOp(self.name, self.table, list(self.columns))
        return ops.AddConstraintOp.from_constraint(self.item)

    def drop(self) -> Operation:
        """The operation that takes it away."""
        if isinstance(self.item, sa.Index):
            return ops.DropIndexOp.from_index(self.item)
        return ops.DropConstraintOp.from_constraint(self.item)


ORDER: dict[Engine, tuple[Kind, ...]] = {
    "sqlite": ("index", "foreign key", "check", "unique", "primary key"),
    "postgresql": ("primary key", "unique", "index", "check", "foreign key"),
    "mariadb": ("foreign key", "primary key", "check", "index", "unique"),
}
"""SQLite drops an index by itself, and all else at once; MariaDB keeps one that a key needs; and
PostgreSQL builds each in a revision of its own, once the constraints are there."""

PRIMARY = "PRIMARY"
"""What MariaDB calls the primary key of every table."""


def parts(table: sa.Table, engine: Engine) -> tuple[Part, ...]:
    """Every part of a table in the order in which they can go; they come the other way round."""
    printed = dialect(engine)

    def text(expression: sa.ClauseElement) -> str:
        return str(expression.compile(dialect=printed, compile_kwargs={"literal_binds": True}))

    found = [*_constraints(table, text), *_indexes(table, text)]
    if table.dialect_options["sqlite"]["autoincrement"]:  # its key has no name
        found = [part for part in found if part.kind != "primary key"]
    if engine == "mariadb":
        found = [part.called(PRIMARY) if part.kind == "primary key" else part for part in found]
    return tuple(sorted(found, key=lambda part: (ORDER[engine].index(part.kind), part.name)))


Printed = Callable[[Any], str]


def _constraints(table: sa.Table, text: Printed) -> Iterator[Part]:
    for item in table.constraints:
        assert isinstance(item, ColumnCollectionConstraint)  # noqa: S101 - each of ours is
        named = (one for one in item.columns if not getattr(one, "is_literal", False))
        columns = tuple(column.name for column in named)
        meaning: tuple[object, ...] = columns
        if isinstance(item, sa.ForeignKeyConstraint):
            targets = tuple(element.target_fullname for element in item.elements)
            meaning = (columns, targets, item.ondelete)
        if isinstance(item, sa.CheckConstraint):
            meaning = (text(item.sqltext),)
        kind = KINDS[type(item)]
        yield Part(kind, str(item.name), table.name, columns, (kind, *meaning), item)


def _indexes(table: sa.Table, text: Printed) -> Iterator[Part]:
    for item in table.indexes:
        columns = tuple(column.name for column in item.columns)
        said = tuple(map(text, item.expressions))
        where = [item.dialect_kwargs.get(f"{name}_where") for name in ("sqlite", "postgresql")]
        live = any(one is not None for one in where)
        meaning = ("index", bool(item.unique), said, live)
        yield Part("index", str(item.name), table.name, columns, meaning, item)


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes of the parts of one table."""

    dropped: tuple[Part, ...]
    renamed: tuple[tuple[Part, Part], ...]
    added: tuple[Part, ...]
    meanings: frozenset[tuple[object, ...]]
    """What the table was held to before, under the new names."""


def compared(
    old: tuple[Part, ...],
    moved: tuple[Part, ...],
    new: tuple[Part, ...],
    in_the_way: Callable[[Part], bool],
    can_rename: Callable[[Part], bool],
) -> Changed:
    """Tell the parts of a table apart.

    `old` and `moved` are the same parts, under the old names of columns and under the new ones;
    those that are `in_the_way` are made anew whatever they mean.
    """
    before = {part.key: part for part in old}
    pairs = ((part.meaning, before[part.key]) for part in moved)
    left = {meaning: part for meaning, part in pairs if not in_the_way(part)}
    stays = {m for part in new if (m := part.meaning) in left and left[m].name == part.name}
    renamed = tuple(
        (left[part.meaning], part)
        for part in new
        if part.meaning in left.keys() - stays and can_rename(part)
    )
    done = stays | {part.meaning for _, part in renamed}
    names = {left[meaning].name for meaning in done}
    return Changed(
        dropped=tuple(part for part in old if part.name not in names),
        renamed=renamed,
        added=tuple(part for part in new if part.meaning not in done),
        meanings=frozenset(part.meaning for part in moved),
    )
