"""What can go wrong, each with a code, a place and a remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

_LONGEST_LINE = 160
_LONGEST_QUOTE = 60


class ExitStatus(IntEnum):
    """What the `scaffold` process answers to its shell."""

    DONE = 0
    DRIFT = 1
    """Conflicts, or a project that has drifted from its spec."""
    BAD_INPUT = 2
    """The spec or the arguments are wrong; nothing was written."""
    FAULT = 3
    """A fault of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in one file. `line` and `column` count code points from 1.

    `length` is that of the wrong token, in code points, cut at the end of its line. `path` leads to
    the value in the spec (`resources.book.fields.price`), empty for the document itself.
    """

    code: str
    message: str
    file: str
    line: int
    column: int
    length: int = 1
    path: str = ""
    suggestion: str | None = None
    """The nearest right word."""
    source_line: str = ""

    def as_dict(self) -> dict[str, str | int | None]:
        """The entry of `errors` in the answer to `--json`."""
        keys = ("code", "message", "file", "line", "column", "path", "suggestion")
        return {key: getattr(self, key) for key in keys}

    def render(self) -> str:
        """The problem as a good compiler says it: the place, the reason, the line and a caret."""
        where = f"{self.file}:{self.line}:{self.column}: error[{self.code}]: "
        head = where + (f"{self.path}: " if self.path else "") + self.message
        before, line = _window(self.source_line, self.column - 1)
        gutter = " " * (len(str(self.line)) + 1)
        caret = " " * _width(before) + "^" * self._caret_width(line[len(before) :])
        hint = f' did you mean "{self.suggestion}"?' if self.suggestion else ""
        return f"{head}\n{gutter}|\n{self.line} | {line}\n{gutter}| {caret}{hint}"

    def _caret_width(self, rest: str) -> int:
        return max(1, _width(rest[: self.length]))


class ScaffoldError(Exception):
    """Something that the person can put right; the process ends with `exit_status`."""

    def __init__(self, message: str, exit_status: ExitStatus = ExitStatus.BAD_INPUT) -> None:
        super().__init__(message)
        self.exit_status = exit_status


class SpecError(ScaffoldError):
    """A spec that means nothing. `problems` holds every mistake, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(problem.render() for problem in self.problems))


def quoted(text: str) -> str:
    """Text of a user's in double quotes, safe and short enough for a terminal."""
    shown = printable(text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 3] + "..."
    return f'"{shown}"'


def printable(text: str) -> str:
    """The text with every character that could move or colour a terminal replaced, one for one."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _window(line: str, column: int) -> tuple[str, str]:
    """The part of a line before the column, and the line, cut to what a terminal shows."""
    start = max(0, column - _LONGEST_LINE // 2) if len(line) > _LONGEST_LINE else 0
    shown = printable(line[start : start + _LONGEST_LINE].replace("\t", " ")).rstrip()
    return shown[: column - start].ljust(column - start), shown


def _width(text: str) -> int:
    """How many columns of a terminal the text takes (Unicode Standard Annex 11)."""
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
