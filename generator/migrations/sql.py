"""SQL in a revision: literals of Python, in lines that a page holds."""

from __future__ import annotations

from collections.abc import Iterator

from generator.literals import py

LINE = 70
"""How much SQL goes on a line of a revision."""


def sql(statement: str) -> str:
    """A Python literal that `sqlalchemy.text` reads as this SQL: no colon starts a parameter."""
    return " ".join(map(py, _lines(statement.replace(":", r"\:"))))


def _lines(statement: str) -> Iterator[str]:
    while len(statement) > LINE:
        end = statement.rfind(" ", 0, LINE) + 1 or LINE
        yield statement[:end]
        statement = statement[end:]
    yield statement
