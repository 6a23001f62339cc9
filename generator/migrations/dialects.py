"""SQLAlchemy's dialects of the engines, as revisions are printed in them."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect

from generator.spec.model import Engine

DRIVERS: dict[Engine, str] = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "mariadb": "mariadb+asyncmy",
}
"""Engine to the dialect of SQLAlchemy that a generated project runs on."""


def dialect(engine: Engine) -> sa.Dialect:
    """The dialect of an engine as revisions are printed in it: percent signs stay single."""
    made = cast("type[DefaultDialect]", sa.make_url(f"{DRIVERS[engine]}://").get_dialect())
    return made(paramstyle="named")


def identifier(name: str, engine: Engine) -> str:
    """A name of a table, a column or a constraint as a statement has it, in quotes if need be."""
    return dialect(engine).identifier_preparer.quote(name)
