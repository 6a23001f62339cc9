"""Names in a text, changed where they stand for a variable: no attribute, no word of a string."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Mapping

from generator.merge.endings import lines

Where = tuple[str, str]
"""A name, and the text of the line that it stands in."""


def with_names(text: str, names: Mapping[Where, str]) -> str:
    """Return a text with some variables of some lines renamed."""
    before = lines(text)
    found = list(before)
    for row, start, end in sorted(_places(text, names), reverse=True):
        line = found[row]
        found[row] = line[:start] + names[line[start:end], before[row]] + line[end:]
    return "".join(found)


def _places(text: str, names: Mapping[Where, str]) -> Iterator[tuple[int, int, int]]:
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and (token.string, token.line) in names and before != ".":
            yield token.start[0] - 1, token.start[1], token.end[1]
        before = token.string
