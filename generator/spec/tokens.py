"""The words and signs of one line, and a cursor over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.errors import quoted
from generator.spec.report import Path, Report, Said
from generator.spec.source import Place, Scalar

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


@dataclass
class Line:
    """A cursor over the tokens of one line, and what it has said so far."""

    scalar: Scalar
    path: Path
    report: Report
    said: dict[str, Said] = field(default_factory=dict)
    tokens: list[Token] = field(init=False)
    at: int = 0
    lost: bool = False
    """Whether nothing is known of the type, so that the words behind it may belong to it."""

    def __post_init__(self) -> None:
        self.tokens = list(tokens(self.scalar.text))

    @property
    def peek(self) -> Token:
        """The next token; of the kind `end` behind the last."""
        if self.at < len(self.tokens):
            return self.tokens[self.at]
        end = len(self.scalar.text.rstrip())
        return Token("end", "", end, end)

    def take(self) -> Token:
        """The next token, which is then behind."""
        token = self.peek
        self.at += 1
        return token

    def accept(self, text: str) -> Token | None:
        """The next token if it reads so."""
        return self.take() if self.peek.text == text and self.peek.kind != "end" else None

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the line stands in the source."""
        return self.scalar.part(start, end)

    def wrong(self, code: str, token: Token, message: str, suggestion: str | None = None) -> None:
        """Reports a problem with a token."""
        place = self.place(token.start, token.end)
        self.report.here(code, place, self.path, message, suggestion)

    def say(self, key: str, value: object, start: int, end: int) -> None:
        """Notes what a stretch of the line says, once."""
        place = self.place(start, end)
        if key in self.said:
            text = quoted(self.scalar.text[start:end])
            message = f"{text} says again, or otherwise, what stands before it"
            self.report.here("duplicate-value", place, self.path, message)
            return
        self.said[key] = Said(value, place, self.path)

    def mark(self, key: str, token: Token) -> None:
        """Notes a flag."""
        self.say(key, True, token.start, token.end)
