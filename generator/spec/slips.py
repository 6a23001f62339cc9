"""What a mistake in YAML itself most likely is: where the slip was made, and what to do about it.

A parser notices a missing colon or bracket only where the text stops making sense, often lines
behind the slip.
"""

from __future__ import annotations

import re
from typing import Any

KEY_ALONE = re.compile(r"[ \t]*[\w-]+[ \t]*\Z")
NO_COLON = "a key takes a colon and a blank behind it"
_REMEDIES = (
    (
        "mapping values are not allowed",
        'a ": " that YAML takes for a key; put the whole value in quotes',
    ),
    ("expected '<document start>'", "nothing may stand behind the value here"),
    ("unexpected end of stream", "this is open until the end of the file"),
    ("could not find expected ':'", NO_COLON),
    ("cannot start any token", "YAML keeps this character for itself; quote the value, no tabs"),
    ("expected <block end>", "this line is indented like none of those that it could belong to"),
    ("expected ',' or", "a comma or the closing bracket is missing before this"),
)
_EARLY = ("end of stream", "could not find expected")
"""Problems whose slip is where the construct began."""


def explained(error: Any, text: str) -> tuple[int, str]:
    """Where the slip is, as an index of the text, and what to do about it."""
    problem = error.problem or error.context or "not YAML"
    index = _mark(error, problem)
    if text[index : index + 1] == "\t":
        return index, "a tab; YAML is indented with spaces"
    if "mapping values" in problem and (missing := _line_without_colon(text, index)) is not None:
        return missing, NO_COLON
    if "expected ',' or" in problem and error.context_mark.line < error.problem_mark.line:
        bracket = text[error.context_mark.index]
        return error.context_mark.index, f'"{bracket}" is not closed in its line or the next'
    known = next((remedy for words, remedy in _REMEDIES if words in problem), None)
    return index, known or problem.replace("\n", " ")


def _mark(error: Any, problem: str) -> int:
    early = error.context_mark and any(words in problem for words in _EARLY)
    mark = error.context_mark if early else error.problem_mark or error.context_mark
    return mark.index if mark else 0


def _line_without_colon(text: str, index: int) -> int | None:
    """The start of what stands on the line before, where that is a key without its colon.

    The parser has read it and the key of the next line as one value of two lines.
    """
    start = text.rfind("\n", 0, index) + 1
    before = text[:start].rstrip()
    line = before[before.rfind("\n") + 1 :]
    if not KEY_ALONE.match(text[start:index]) or not line.strip() or ":" in line:
        return None
    return len(before) - len(line.lstrip())
