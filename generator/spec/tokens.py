"""The words and signs of one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<pattern>/(?:[^/\\]|\\.)*/(?=\s|$))"
    r"|(?P<range>\.\.)"
    r"|(?P<sign>>=|<=|>|<|=)"
    r"|(?P<number>[-+]?(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w]))"
    r"|(?P<word>\w[\w-]*)"
    r"|(?P<mark>[()\[\],?])"
    r"|(?P<other>.)",
    re.S,
)
_FREE_STANDING = re.compile(r"(?:(?<=\s)|\A)=(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of a line, `start` and `end` in the line's text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(line: str) -> Iterator[Token]:
    """The words and signs of a line, up to the free-standing `=` that starts the default."""
    at = 0
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None:
            return
        kind = match.lastgroup or "other"
        if kind == "sign" and _FREE_STANDING.match(line, at):
            yield Token("default", "=", at, at + 1)
            return
        if kind != "space":
            yield Token(kind, match[0], at, match.end())
        at = match.end()
