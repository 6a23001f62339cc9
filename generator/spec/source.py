"""Text as a tree of located nodes, read as YAML 1.2's core schema reads it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

MAX_BYTES = 1024 * 1024

_NULL = re.compile(r"(?:|~|null|Null|NULL)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(
    r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?(?:\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)\Z"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the source text, in code points from its start; `end` is behind it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `plain` if it stands without quotes.

    `offsets` holds the place in the source of each of its characters, and one more for its end.
    """

    text: str
    plain: bool
    place: Place
    offsets: Sequence[int] = field(repr=False, compare=False, default=())

    def part(self, start: int, end: int) -> Place:
        """The place in the source of a stretch of the text."""
        if not self.offsets:
            return self.place
        first = self.offsets[start]
        return Place(first, max(first, self.offsets[end - 1] + 1 if end > start else first))

    def slice(self, start: int, end: int) -> Scalar:
        """A stretch of the text as a plain scalar of its own."""
        offsets = self.offsets[start : end + 1]
        return Scalar(self.text[start:end], True, self.part(start, end), offsets)


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML sequence."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping, its keys in the order of the file and no two equal."""

    entries: tuple[Entry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Broken:
    """What an error was reported for already."""

    place: Place


Node = Scalar | Items | Mapping | Broken


@dataclass(frozen=True)
class Source:
    """The text of one file."""

    text: str
    file: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a place in the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    def line(self, number: int) -> str:
        """The text of a line, without its break; one string for all problems of the line."""
        if number not in self._lines:
            self._lines[number] = self._line(number)
        return self._lines[number]

    def _line(self, number: int) -> str:
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


def is_null(node: Node) -> bool:
    """Whether YAML 1.2 reads the node as null."""
    return isinstance(node, Scalar) and node.plain and bool(_NULL.match(node.text))


def plain_kind(node: Scalar) -> str:
    """What YAML 1.2's core schema makes of a scalar: `text`, `null`, `bool`, `int` or `float`."""
    if not node.plain:
        return "text"
    kinds = (("null", _NULL), ("bool", _BOOL), ("int", _INT), ("float", _FLOAT))
    return next((kind for kind, pattern in kinds if pattern.match(node.text)), "text")
