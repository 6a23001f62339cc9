"""Where each character of a scalar's value stands in its source (YAML 1.2, chapters 7 and 8)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|.)", re.S)
_LINE_JOIN = re.compile(r"\\\r?\n[ \t]*")
_BLOCK_HEADER = re.compile(r"[|>][^\n]*\n")


def scalar_offsets(raw: str, style: str, value: str) -> Sequence[int]:
    """For each character of the value, and for its end, the index in the raw source.

    `style` is that of the YAML event: empty for plain, a quote, `|` or `>`.
    """
    if not style and raw == value:
        return range(len(value) + 1)
    start = _start(raw, style)
    end = len(raw) - (style in ("'", '"'))
    found, at = list[int](), start
    for char in value:
        at, behind = _next(raw, at, end, char, style)
        found.append(min(at, max(end - 1, 0)))
        at = behind
    return [*found, min(max(at, start), end)]


def _start(raw: str, style: str) -> int:
    if style in ("|", ">"):
        header = _BLOCK_HEADER.match(raw)
        return header.end() if header else 0
    return len(style)


def _next(raw: str, at: int, end: int, char: str, style: str) -> tuple[int, int]:
    """Where the character starts at or behind `at`, and what follows it."""
    while style == '"' and (join := _LINE_JOIN.match(raw, at, end)):
        at = join.end()
    if style == '"' and raw[at : at + 1] == "\\":
        escape = _ESCAPE.match(raw, at, end)
        return at, escape.end() if escape else at + 1
    if style == "'" and raw.startswith("''", at):
        return at, at + 2
    if char.isspace():
        return at, _behind_space(raw, at, end, char, style)
    while at < end and raw[at] != char and raw[at].isspace():
        at += 1
    return at, at + 1


def _behind_space(raw: str, at: int, end: int, char: str, style: str) -> int:
    """A fold turns a run with line breaks in it into one space, or into the breaks but one."""
    if raw[at : at + 1] == char and not (style in ("", "'", '"') and char == "\n"):
        return at + 1
    match = re.compile(r"[ \t]*\r?\n[ \t]*").match(raw, at, end)
    return match.end() if match else at + 1
