"""Revisions -> the SQL of their upgrades, on the engine that they are for."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from generator.migrations.dialects import dialect
from generator.migrations.metadata import metadata
from generator.spec.model import Engine
from generator.table import Table

_STATEMENT = re.compile(r";\s*\n\n")


def statements(revisions: Iterable[str], old: tuple[Table, ...], engine: Engine) -> tuple[str, ...]:
    """Return the statements of the upgrades of some revisions, given by their texts.

    On SQLite they are those of a run on empty `old` tables: it makes a table anew from what is
    there. Elsewhere nothing is run.
    """
    upgrades = [_upgrade(text) for text in revisions]
    found = _run(upgrades, old) if engine == "sqlite" else _printed(upgrades, engine)
    return tuple(statement.strip() for statement in found if statement.strip())


def _upgrade(text: str) -> Callable[[], None]:
    """The function of a revision that this tool has just written."""
    names: dict[str, Any] = {"__name__": "revision"}
    exec(compile(text, "revision", "exec"), names)  # noqa: S102 - our own text
    upgrade: Callable[[], None] = names["upgrade"]
    return upgrade


def _printed(upgrades: Iterable[Callable[[], None]], engine: Engine) -> Iterator[str]:
    said = io.StringIO()
    options = {"as_sql": True, "output_buffer": said, "literal_binds": True}
    context = MigrationContext.configure(dialect=dialect(engine), opts=options)
    with Operations.context(context):
        for upgrade in upgrades:
            upgrade()
    return iter(_STATEMENT.split(said.getvalue()))


def _run(upgrades: Iterable[Callable[[], None]], old: tuple[Table, ...]) -> Iterator[str]:
    with sa.create_engine("sqlite://").connect() as connection:
        metadata(old, "sqlite").create_all(connection)
        context = MigrationContext.configure(connection)
        with _recorded(connection) as said, Operations.context(context):
            for upgrade in upgrades:
                upgrade()
    return (one for one in said if not one.startswith(("PRAGMA", "SELECT")))


@contextmanager
def _recorded(connection: sa.Connection) -> Iterator[list[str]]:
    said: list[str] = []

    def record(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    sa.event.listen(connection, "before_cursor_execute", record)
    yield said
