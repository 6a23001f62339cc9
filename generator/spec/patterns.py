"""The dialect of patterns: what Rust's `regex` (Pydantic's engine) and Python's `re` share.

No look-around, no back-references, nothing that one of the two reads otherwise; and small enough
that Rust's compiled form stays below its limit of 10 MB.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

_LARGEST = 10_400_000
_UNICODE_WORD, _UNICODE_DIGIT, _CLASS, _LITERAL = 50_300, 5_150, 2_000, 320
"""Bytes of Rust's compiled form, measured, rounded up."""
_DEEPEST = 100
"""Groups in groups; Rust's parser stops at 250 levels of any kind."""
_MOST_REPEATS, _LONG = 3, 100
_HIGHEST_CODE_POINT = 0x10FFFF

_TOKEN = re.compile(
    r"(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|\Z))"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<open>\((?:\?(?:P<[A-Za-z_][A-Za-z0-9_]*>|[ims]*(?:-[ims]+)?:|[ims]+\)|P=|<?[=!]|.?))?)"
    r"|(?P<close>\))"
    r"|(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})(?P<lazy>[?+*]?))"
    r"|(?P<brace>\{)"
    r"|(?P<unclosed>\[)"
    r"|(?P<char>.)",
    re.S,
)
_GROUP = re.compile(r"\((?:\?(?:P<[A-Za-z_][A-Za-z0-9_]*>|[ims]*(?:-[ims]+)?:))?\Z")
_FLAGS = re.compile(r"\(\?[ims]+\)\Z")
_CODE_POINT = re.compile(r"\\[xuU][0-9A-Fa-f]+\Z")
_SHARED_ESCAPES = frozenset("dDwWsSbAnrtfva")
_NOT_IN_SETS = frozenset("bBA")
_SET_PART = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\[|&&|--|~~|\|\|", re.S
)
_COUNT = re.compile(r"\{(\d+)(?:,(\d*))?\}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a pattern, and where in its text."""

    message: str
    start: int
    end: int


def fault(pattern: str) -> Fault | None:
    """The first thing in a pattern that the two engines don't share; None if all is well."""
    found = next(_faults(pattern), None)
    return found or _refused_by_python(pattern) or _too_large(pattern)


def searchable(pattern: str, text: str) -> bool:
    """Whether Python's `re`, which backtracks, surely looks through the text in a short time.

    A repeat of a group that repeats or chooses may take forever, and so may many open repeats.
    """
    choices, closed, open_repeats = [False], False, 0
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        repeats = kind in ("repeat", "lazy") and token[0][:1] != "?"
        if repeats and closed:
            return False
        closed = False
        if kind == "open" and not _FLAGS.match(token[0]):
            choices.append(False)
        elif kind == "close" and len(choices) > 1:
            closed = choices.pop()
            choices[-1] |= closed
        elif repeats or token[0] == "|":
            choices[-1] = True
            open_repeats += 1
    return open_repeats <= _MOST_REPEATS or len(text) <= _LONG // open_repeats


def _faults(pattern: str) -> Iterator[Fault]:
    for token in _TOKEN.finditer(pattern):
        message = _message(token, pattern)
        if message:
            yield Fault(message, token.start(), max(token.end(), token.start() + 1))


def _message(token: re.Match[str], pattern: str) -> str | None:
    text = token[0]
    match token.lastgroup:
        case "escape":
            return _escape(text)
        case "set":
            return next(filter(None, map(_set_part, _SET_PART.findall(text[1:]))), None)
        case "open":
            return _group(text, token.start())
        case "repeat" | "lazy":
            return _repeat(token, pattern)
    return _LONELY.get(token.lastgroup or "")


_LONELY = {"brace": "a { that opens no count is written \\{", "unclosed": "no ] closes this"}


def _escape(text: str) -> str | None:
    char = text[1:2]
    if not char:
        return "a \\ at the end"
    if _CODE_POINT.match(text):
        return _code_point(int(text[2:], 16))
    if char.isdigit():
        return "back-references are not part of the dialect"
    if char in _SHARED_ESCAPES or (char.isascii() and not char.isalnum() and char not in "<>"):
        return None
    return f"{text} is not part of the dialect"


def _code_point(number: int) -> str | None:
    surrogate = 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - the surrogates of Unicode
    return "no such character" if surrogate or number > _HIGHEST_CODE_POINT else None


def _set_part(part: str) -> str | None:
    if not part.startswith("\\"):
        return f"{part} in a set means different things to different engines; escape it"
    if part[1] in _NOT_IN_SETS:
        return f"{part} has no place in a set"
    return _escape(part)


def _group(text: str, start: int) -> str | None:
    if _GROUP.match(text):
        return None
    if _FLAGS.match(text):
        return None if start == 0 else "flags for the whole pattern stand at its start"
    if text.startswith(("(?=", "(?!", "(?<=", "(?<!")):
        return "look-around is not part of the dialect"
    if text.startswith("(?P="):
        return "back-references are not part of the dialect"
    return "a group opens with ( or (?: or (?P<name>"


def _repeat(token: re.Match[str], pattern: str) -> str | None:
    if token["lazy"] in ("+", "*"):
        return "possessive and doubled repeats are not part of the dialect"
    if token.start() and pattern[token.start() - 1] == "^":
        return "nothing to repeat"
    return None


def _refused_by_python(pattern: str) -> Fault | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except re.error as error:
        at = min(error.pos or 0, max(len(pattern) - 1, 0))
        return Fault(error.msg, at, at + 1)
    except (RecursionError, OverflowError, Warning) as error:
        return Fault(str(error).split(" at position")[0], 0, len(pattern))
    return None


def _too_large(pattern: str) -> Fault | None:
    """Adds up what the compiled form takes: a sum in each group, multiplied by its repeats."""
    sums: list[int] = [0]
    lasts: list[int] = [0]
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        if kind == "open" and not _FLAGS.match(token[0]):
            sums.append(0)
            lasts.append(0)
            if len(sums) > _DEEPEST:
                return Fault("too many groups in groups", token.start(), token.end())
        elif kind == "close" and len(sums) > 1:
            lasts.pop()
            lasts[-1] = sums.pop()
            sums[-1] += lasts[-1]
        elif kind in ("repeat", "lazy"):
            sums[-1] += lasts[-1] * (_times(token[0]) - 1)
        else:
            lasts[-1] = _weight(token[0])
            sums[-1] += lasts[-1]
        if sum(sums) > _LARGEST:
            message = "too large a pattern: it repeats too much"
            return Fault(message, token.start(), token.end())
    return None


def _times(repeat: str) -> int:
    count = _COUNT.match(repeat)
    return max(1, int(count[2] or count[1])) if count else 1


def _weight(text: str) -> int:
    if re.search(r"\\[wW]", text):
        return _UNICODE_WORD
    if re.search(r"\\[dDbB]", text):
        return _UNICODE_DIGIT
    return _CLASS if text[:1] in ("[", "\\", ".") else _LITERAL
