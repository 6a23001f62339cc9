"""Texts as words: which word of one text is which of another, whatever stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from generator.merge.renames import Renames, forms

Words = list[str]


@lru_cache(maxsize=64)
def splitter(renames: Renames) -> re.Pattern[str]:
    """Return what splits a text into words, space and signs; an old name in prose is one word."""
    phrases = sorted((old for old in forms(renames) if re.search(r"\W", old)), key=len)
    words = [rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in reversed(phrases)]
    return re.compile("|".join([*words, r"\w+", r"\s+", r"[^\w\s]"]))


def blocks(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Give two sequences side by side: stretches that are equal, and stretches that aren't."""
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return ((tag == "equal", slice(a, b), slice(c, d)) for tag, a, b, c, d in codes)


def same(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return which word of `one` is which of `other`; space doesn't count."""
    left, right = _said(one), _said(other)
    matcher = SequenceMatcher(
        None, [one[i] for i in left], [other[i] for i in right], autojunk=False
    )
    found = matcher.get_matching_blocks()
    return {left[b.a + i]: right[b.b + i] for b in found for i in range(b.size)}


def _said(words: Sequence[str]) -> list[int]:
    return [number for number, word in enumerate(words) if not word.isspace()]
