"""Wrong specs with the expected tokens marked in place: `«decimel»`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spec_grammar import GRAMMAR

from generator.errors import Problem, SpecError
from generator.spec.load import load

HEAD = "scaffold: 1\nservice: {name: shop}\n"
_MARK = re.compile(r"«([^«»]*)»")


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a problem is expected: line and column from 1, and the length of the caret."""

    line: int
    column: int
    length: int


def unmarked(text: str) -> tuple[str, list[Expected]]:
    """The text without its marks, and the places that they marked."""
    places = []
    while match := _MARK.search(text):
        before = text[: match.start()]
        line = before.count("\n") + 1
        column = match.start() - (before.rfind("\n") + 1) + 1
        places.append(Expected(line, column, max(1, len(match[1]))))
        text = before + match[1] + text[match.end() :]
    return text, places


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """Every problem of a spec; none if it loads."""
    try:
        load(text, GRAMMAR)
    except SpecError as error:
        return error.problems
    return ()
