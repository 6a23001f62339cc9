"""Texts of a field's pattern: a few that are drawn, or as many as no test makes rows."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from rstr import Rstr

from generator.spec.model import Field
from generator.views.samples_counted import ENOUGH, Counted, counted

PATTERN_SAMPLES = 12
SAMPLE_TRIES = 400
TRIED = (0, 1, 9, 10, 99, 1234, ENOUGH)
"""Rows whose texts are held against their pattern."""

KEY = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._~-]+\Z")
"""What a key that clients name may be: what a path holds as it is."""


def matching(item: Field) -> list[str]:
    """Texts that the field's pattern and lengths allow: the same ones for the same field."""
    return list(_matching(item.pattern or "", item.min_length or 0, item.max_length))


@cache
def _matching(pattern: str, shortest: int, longest: int | None) -> tuple[str, ...]:
    """The first few that fit; drawn no further than that, since drawing is slow."""
    strings = Rstr(Random(pattern))  # noqa: S311 - samples, not secrets
    fitting: dict[str, None] = {}
    for _ in range(SAMPLE_TRIES):
        text = strings.xeger(pattern)
        if _fits(pattern, shortest, longest, text):
            fitting[text] = None
        if len(fitting) == PATTERN_SAMPLES:
            break
    return tuple(fitting) or ("",)


def fits(item: Field, text: str) -> bool:
    """Whether a field takes a text, for which it has a pattern."""
    return _fits(item.pattern or "", item.min_length or 0, item.max_length, text)


def _fits(pattern: str, shortest: int, longest: int | None, text: str) -> bool:
    in_length = shortest <= len(text) <= (longest or len(text))
    is_safe = text.isprintable() and text == text.strip()
    return in_length and is_safe and bool(re.search(pattern, text))


def many(item: Field) -> Counted | None:
    """The texts of a pattern, where they can be counted and are more than a handful."""
    found = counted(item)
    if found is None or found.size <= PATTERN_SAMPLES:
        return None
    return found if all(fits(item, found.text(number)) for number in TRIED) else None


def many_keys(item: Field) -> Counted | None:
    """The same of a key that clients name."""
    found = many(item)
    return found if found and all(KEY.match(found.text(number)) for number in TRIED) else None


def keys(item: Field) -> list[str]:
    """Keys that clients may name by a pattern."""
    return [text for text in matching(item) if KEY.match(text)] or ["0"]
