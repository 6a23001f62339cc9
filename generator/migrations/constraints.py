"""Steps that change the constraints and indexes of tables that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from generator.migrations import careful
from generator.migrations.dialects import identifier
from generator.migrations.failing import failing, may_fail
from generator.migrations.operations import StatementOp
from generator.migrations.pairs import Pair
from generator.migrations.parts import Changed, Kind, Part
from generator.migrations.step import Step
from generator.spec.model import Engine

SAID: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        "index": ("index {}", "drop the index of {}"),
        "unique": ("make {} unique", "let {} be the same in several rows"),
        "check": ("check {}", "check {} no more"),
        "foreign key": ("let {} refer to {}", "let {} refer to {} no more"),
        "primary key": ("make {} the key", "let {} be the key no more"),
    }
)
"""Kind of a part to what is said where it is made, and where it goes."""


def drop(part: Part, *, is_said: bool) -> Step:
    """Take a part away; it is said where nothing else says as much."""
    return Step(
        table=part.table,
        upgrade=(part.drop(),),
        downgrade=(part.create(),),
        sentence=sentence(part, 1) if is_said else "",
    )


def add(part: Part, pair: Pair, changed: Changed, engine: Engine) -> Iterator[Step]:
    """Make a part; rows that it doesn't hold for may stop it."""
    fresh = {column.name for column in pair.added}.issuperset(part.columns)
    is_said = not fresh and part.meaning not in changed.meanings
    first, *others = made(part, engine, before=key_before(pair, changed))
    yield replace(
        first,
        sentence=_made_or_changed(part, pair, changed) if is_said or first.apart else "",
        may_fail=failing(part) if may_fail(part, pair, changed) else None,
    )
    yield from others


def _made_or_changed(part: Part, pair: Pair, changed: Changed) -> str:
    """What is said of a part that is made: a check in the place of another is that one, changed."""
    checks = (one.columns for one in changed.dropped if one.kind == part.kind == "check")
    before = {tuple(pair.renamed.get(name, name) for name in names) for names in checks}
    return f"change the check of {what(part)}" if part.columns in before else sentence(part, 0)


def key_before(pair: Pair, changed: Changed) -> tuple[str, ...]:
    """The columns of the primary key that goes, under their new names."""
    keys = (part.columns for part in changed.dropped if part.kind == "primary key")
    return tuple(pair.renamed.get(name, name) for columns in keys for name in columns)


def made(part: Part, engine: Engine, *, before: tuple[str, ...] = ()) -> Iterator[Step]:
    """The steps that make a part, as an engine does it best; `before` was the primary key."""
    if engine == "mariadb" and part.kind == "primary key":
        yield exchanged(part, before)
    elif engine != "postgresql":
        yield Step(table=part.table, upgrade=(part.create(),), downgrade=(part.drop(),))
    elif part.kind in ("check", "foreign key"):
        yield from careful.constraint(part)
    else:
        yield careful.index(part)


def exchanged(part: Part, before: tuple[str, ...]) -> Step:
    """Give a table of MariaDB's another primary key: it may be without one at no time."""
    up, down = (
        "ALTER TABLE {} DROP PRIMARY KEY, ADD PRIMARY KEY ({})".format(
            identifier(part.table, "mariadb"),
            ", ".join(identifier(name, "mariadb") for name in names),
        )
        for names in (part.columns, before)
    )
    return Step(
        table=part.table,
        upgrade=(StatementOp(up, part.table),),
        downgrade=(StatementOp(down, part.table),),
    )


def sentence(part: Part, which: int) -> str:
    """What is said of a part: in the first place that it is made, in the second that it goes."""
    kind: Kind = "unique" if part.is_unique else part.kind
    return SAID[kind][which].format(what(part), part.target)


def what(part: Part) -> str:
    """The columns of a part, with their table."""
    names = [name for name in part.columns if name != "_live"]
    return f"{part.table}.{names[0]}" if len(names) == 1 else f"{part.table} ({', '.join(names)})"


RENAMED: Mapping[tuple[Engine, Kind], str] = MappingProxyType(
    {
        ("postgresql", "index"): "ALTER INDEX {1} RENAME TO {2}",
        ("postgresql", "unique"): "ALTER TABLE {0} RENAME CONSTRAINT {1} TO {2}",
        ("postgresql", "check"): "ALTER TABLE {0} RENAME CONSTRAINT {1} TO {2}",
        ("postgresql", "foreign key"): "ALTER TABLE {0} RENAME CONSTRAINT {1} TO {2}",
        ("postgresql", "primary key"): "ALTER TABLE {0} RENAME CONSTRAINT {1} TO {2}",
        ("mariadb", "index"): "ALTER TABLE {0} RENAME INDEX IF EXISTS {1} TO {2}",
        ("mariadb", "unique"): "ALTER TABLE {0} RENAME INDEX IF EXISTS {1} TO {2}",
    }
)
"""How an engine renames a part: by table, old name and new one."""


def can_rename(part: Part, engine: Engine) -> bool:
    """Whether a part can have another name without being in the way of what it is of.

    SQLite makes it anew with its table, which has its new name by then.
    """
    return engine == "sqlite" or (engine, part.kind) in RENAMED


def scopes(changed: Iterable[Changed]) -> dict[str, list[tuple[Part, Part]]]:
    """The parts with new names, by where each name is given once: for indexes, everywhere."""
    found: dict[str, list[tuple[Part, Part]]] = defaultdict(list)
    for one in changed:
        for before, after in one.renamed:
            is_index = after.kind in ("index", "unique", "primary key")
            found["" if is_index else f"{after.kind} of {after.table}"].append((before, after))
    return found


def rename(part: Part, old: str, new: str, engine: Engine) -> Step:
    """Give a part another name, which may be one for the moment."""
    if (engine, part.kind) not in RENAMED:
        before, after = part.called(old), part.called(new)
        up, down = (before.drop(), after.create()), (after.drop(), before.create())
        return Step(table=part.table, upgrade=up, downgrade=down)
    words, table = RENAMED[engine, part.kind], identifier(part.table, engine)
    names = [identifier(name, engine) for name in (old, new)]
    ups, downs = words.format(table, *names), words.format(table, *names[::-1])
    return Step(
        table=part.table,
        upgrade=(StatementOp(ups, part.table),),
        downgrade=(StatementOp(downs, part.table),),
    )
