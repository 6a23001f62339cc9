"""Texts that a pattern allows, counted through: each row of a test has one of its own."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from itertools import groupby
from math import prod

from generator.literals import py
from generator.spec.model import Field
from generator.views.seeding_patterns import pieces

ENOUGH = 10_000
"""As many texts as no test makes rows."""
FAR = 10**6
"""Numbers of rows that no test comes near: what counts so far needs no end."""
COUNTED = (string.digits, string.ascii_uppercase, string.ascii_lowercase)
"""The characters that are counted with, where an alphabet has all of one of these."""


@dataclass(frozen=True, slots=True)
class Run:
    """So many characters of an alphabet, in a text."""

    alphabet: str
    count: int

    @property
    def size(self) -> int:
        """How many texts it has."""
        return int(len(self.alphabet) ** self.count)

    def text(self, number: int) -> str:
        """The text of that number, of those that it has."""
        base = len(self.alphabet)
        return "".join(
            self.alphabet[number // base**place % base] for place in reversed(range(self.count))
        )

    def expression(self, divisor: int) -> str:
        """The text as an expression of `n`, which comes to the next one after so many rows."""
        number = "n" if divisor == 1 else f"n // {divisor}"
        if self.alphabet == string.digits:
            wrapped = number if self.size >= FAR else f"{number} % {self.size}"
            return f'f"{{{wrapped}:0{self.count}d}}"'
        if self.count == 1:
            return f"{py(self.alphabet)}[{number} % {len(self.alphabet)}]"
        base = len(self.alphabet)
        places = f"for i in range({self.count - 1}, -1, -1)"
        return f'"".join({py(self.alphabet)}[{number} // {base}**i % {base}] {places})'


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts in runs, of which the last ones differ row by row."""

    runs: tuple[Run, ...]

    @property
    def size(self) -> int:
        """How many texts there are."""
        return prod(run.size for run in self.runs)

    def text(self, number: int) -> str:
        """The text of a row."""
        found: list[str] = []
        for run in reversed(self.runs):
            number, own = divmod(number, run.size)
            found.append(run.text(own))
        return "".join(reversed(found))

    @property
    def expression(self) -> str:
        """The text of row `n`."""
        divisor, expression = 1, ""
        for run in reversed(self.runs):
            varies = run.size > 1 and divisor < ENOUGH
            part = run.expression(divisor) if varies else _literal(run.text(0))
            expression = _added(part, expression)
            divisor *= run.size
        return expression


PLAIN = re.compile(r"[\w ./:;,@#+*=-]*", re.ASCII)
"""Of such characters none is escaped in a literal, be it one with expressions or without."""
LITERAL = re.compile(r'(f?)"((?:[^"{}\\]|\{n[^"]*\})*)"')
"""A literal of those, and of numbers."""


def _literal(text: str) -> str:
    return f'"{text}"' if PLAIN.fullmatch(text) else py(text)


def _added(before: str, after: str) -> str:
    """Two expressions of texts as one, in a single literal where they are simple ones."""
    left, right = LITERAL.fullmatch(before), LITERAL.fullmatch(after)
    if left and right:
        return f'{left[1] or right[1]}"{left[2]}{right[2]}"'
    return f"{before} + {after}" if after else before


def counted(item: Field) -> Counted | None:
    """The texts of a field's pattern; None where they can't be counted, or are few."""
    found = pieces(item)
    if found is None:
        return None
    alphabets = [_countable(alphabet) for alphabet, count in found for _ in range(count)]
    runs = [Run(alphabet, len(list(several))) for alphabet, several in groupby(alphabets)]
    return Counted(tuple(runs))


def _countable(alphabet: str) -> str:
    return next((kind for kind in COUNTED if set(kind) <= set(alphabet)), alphabet)
