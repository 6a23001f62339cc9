"""Old tables and new ones side by side, whatever they and their columns are called now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.migrations.renames import Renames
from generator.table import Check, Column, ColumnsCheck, Fill, Index, SlugOf, Table, Unique, WordsOf

GONE = "-"
"""Stands before the old name of what has no new one; no column of a spec is called so."""

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One table before and after."""

    old: Table
    moved: Table
    """The old one under the new names, its constraints under their old ones."""
    new: Table
    values: Mapping[str, Names] = field(default_factory=dict)
    """By the new name of a column: the values of its enum that have become others."""

    @property
    def kept(self) -> tuple[tuple[Column, Column, Column], ...]:
        """The columns that stay: as each was, the same under its new name, and as it is to be."""
        after = {column.name: column for column in self.new.columns}
        both = zip(self.old.columns, self.moved.columns, strict=True)
        return tuple((old, now, after[now.name]) for old, now in both if now.name in after)

    @property
    def present(self) -> Table:
        """The table while a migration runs: all of its old columns, some under their new names."""
        names = {one.name: one.name.removeprefix(GONE) for one in self.moved.columns}
        return _moved(self.moved, self.moved.name, names, {})

    @property
    def added(self) -> tuple[Column, ...]:
        """The columns that are new."""
        had = {column.name for column in self.moved.columns}
        return tuple(column for column in self.new.columns if column.name not in had)

    @property
    def dropped(self) -> tuple[Column, ...]:
        """The columns that go, under their old names."""
        both = zip(self.old.columns, self.moved.columns, strict=True)
        return tuple(old for old, now in both if now.name.startswith(GONE))

    @property
    def leaving(self) -> tuple[Column, ...]:
        """The same, what they are filled from under its new name, or with `GONE` before it."""
        both = zip(self.old.columns, self.moved.columns, strict=True)
        return tuple(replace(now, name=old.name) for old, now in both if now.name.startswith(GONE))

    @property
    def renamed(self) -> Names:
        """Old names of columns to new ones, of those that have another."""
        return {old.name: new.name for old, _, new in self.kept if old.name != new.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All tables of two specs, told apart."""

    pairs: tuple[Pair, ...]
    created: tuple[Table, ...]
    dropped: tuple[Table, ...]

    @property
    def renamed(self) -> Names:
        """Old names of tables to new ones, of those that have another."""
        both = ((pair.old.name, pair.new.name) for pair in self.pairs)
        return {old: new for old, new in both if old != new}


def pointed(table: Table, tables: Names) -> Table:
    """The table, its foreign keys at tables under their new names."""
    same = {column.name: column.name for column in table.columns}
    return _moved(table, table.name, same, tables)


def paired(old: tuple[Table, ...], new: tuple[Table, ...], renames: Renames) -> Tables:
    """Tell which table became which; a name alone makes no two of them the same."""
    after = {table.name: table for table in new}
    names = _names([table.name for table in old], after, renames.tables)
    pairs = tuple(
        _pair(table, after, names, renames) for table in old if names[table.name] in after
    )
    had = {pair.new.name for pair in pairs}
    return Tables(
        pairs=pairs,
        created=tuple(table for table in new if table.name not in had),
        dropped=tuple(table for table in old if names[table.name] not in after),
    )


def _names(old: list[str], new: Mapping[str, object], renamed: Names) -> dict[str, str]:
    free = new.keys() - set(renamed.values())
    return {name: renamed.get(name) or (name if name in free else GONE + name) for name in old}


def _pair(old: Table, after: Mapping[str, Table], tables: Names, renames: Renames) -> Pair:
    new = after[tables[old.name]]
    wanted = {column.name: column for column in new.columns}
    renamed = renames.columns.get(old.name, {})
    names = _names([column.name for column in old.columns], wanted, renamed)
    return Pair(
        old=old,
        moved=_moved(old, new.name, names, tables),
        new=new,
        values=_values(old, names, wanted, renames),
    )


def _values(
    old: Table, names: Names, new: Mapping[str, Column], renames: Renames
) -> dict[str, Names]:
    """What becomes of the values of columns whose enum stays the same one."""
    kept = ((column, new.get(names[column.name])) for column in old.columns)
    return {
        after.name: renames.members[enum]
        for before, after in kept
        if after and (enum := after.field.enum or "") == before.field.enum in renames.members
    }


def _moved(table: Table, name: str, names: Names, tables: Names) -> Table:
    return replace(
        table,
        name=name,
        columns=tuple(_column(column, names, tables) for column in table.columns),
        uniques=tuple(_unique(unique, names) for unique in table.uniques),
        indexes=tuple(_index(index, names) for index in table.indexes),
        checks=tuple(_check(check, names) for check in table.checks),
    )


def _column(column: Column, names: Names, tables: Names) -> Column:
    key = column.references
    if key is not None:
        key = replace(key, table=tables.get(key.table, key.table))
    return replace(column, name=names[column.name], references=key, fill=_fill(column.fill, names))


def _fill(fill: Fill | None, names: Names) -> Fill | None:
    match fill:
        case SlugOf():
            return replace(fill, column=names[fill.column])
        case WordsOf():
            return replace(fill, columns=tuple(names[column] for column in fill.columns))
        case _:
            return fill


def _unique(unique: Unique, names: Names) -> Unique:
    return replace(unique, columns=tuple(names[column] for column in unique.columns))


def _index(index: Index, names: Names) -> Index:
    columns = tuple((names[column], descends) for column, descends in index.columns)
    return replace(index, columns=columns)


def _check(check: Check, names: Names) -> Check:
    if isinstance(check, ColumnsCheck):
        return replace(check, left=names[check.left], right=names[check.right])
    return replace(check, column=names[check.column])
