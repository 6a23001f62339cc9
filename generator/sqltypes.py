"""The SQLAlchemy type of a field's column on each engine, as data."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from generator.fieldtype import SqlType
from generator.spec.model import Engine, Field

EXACT_INTEGER_DIGITS = 18
"""SQLite keeps a decimal of at most so many digits as a scaled 64-bit integer, else as text."""
MYSQL = "mysql"
"""SQLAlchemy's module of the types that MariaDB shares with MySQL."""
COLLATION: MappingProxyType[Engine, tuple[tuple[str, object], ...]] = MappingProxyType(
    {
        "sqlite": (),
        "postgresql": (("collation", "C"),),
        "mariadb": (("collation", "utf8mb4_nopad_bin"),),
    }
)
"""Text compares by code point on every engine, so that the same list has the same order."""


def bounded_text(field: Field, engine: Engine) -> SqlType:
    """The type of text of at most the field's length, or of 255 characters."""
    return varchar(field.max_length or 255, engine)


def varchar(length: int, engine: Engine) -> SqlType:
    """The type of text of at most so many characters, compared by code point."""
    arguments: tuple[tuple[str, object], ...] = (("length", length),)
    return SqlType("String", (*arguments, *COLLATION[engine]))


def long_text(_: Field, engine: Engine) -> SqlType:
    """The type of text that is too long for an index."""
    if engine == "mariadb":
        return SqlType("LONGTEXT", COLLATION[engine], MYSQL)
    return SqlType("Text", COLLATION[engine])


def json(field: Field, engine: Engine) -> SqlType:
    """The type that keeps a JSON value as it was written.

    SQLite takes a column called JSON for one of numbers, and makes 1 of 1.0 and a float of 2^64.
    MariaDB's own type refuses what is 32 levels deep.
    """
    return SqlType("JSON") if engine == "postgresql" else long_text(field, engine)


def decimal(field: Field, engine: Engine) -> SqlType:
    """The type that keeps a decimal exactly, and in order where the engine can."""
    precision, scale = field.precision or 0, field.scale or 0
    if engine != "sqlite":
        return SqlType("Numeric", (("precision", precision), ("scale", scale)))
    if precision <= EXACT_INTEGER_DIGITS:
        return SqlType("BigInteger")
    return SqlType("String", (("length", precision + 1),))


def plain(name: str, **arguments: object) -> Callable[[Field, Engine], SqlType]:
    """One type on every engine."""
    return lambda _field, _engine: SqlType(name, tuple(arguments.items()))


def except_on(
    engine: Engine, other: SqlType, name: str, **arguments: object
) -> Callable[[Field, Engine], SqlType]:
    """One type on every engine but one."""
    usual = SqlType(name, tuple(arguments.items()))
    return lambda _field, on: other if on == engine else usual
