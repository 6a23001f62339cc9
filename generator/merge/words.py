"""Texts as words: which word of one text is which of another, whatever stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from generator.merge.renames import Renames, forms, new_names

Words = list[str]


@lru_cache(maxsize=64)
def splitter(renames: Renames) -> re.Pattern[str]:
    """Return what splits a text into words, space and signs; a name in prose is one word."""
    names = new_names(renames).union(forms(renames))
    phrases = sorted((name for name in names if re.search(r"\W", name)), key=lambda n: (len(n), n))
    words = [rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in reversed(phrases)]
    return re.compile("|".join([*words, r"\w+", r"\s+", r"[^\w\s]"]))


def key_of(word: str, renames: Renames) -> str:
    """Return the same for each way of writing a new name, the word itself for any other."""
    if not _new(renames).search(word):
        return word
    return "".join(re.findall(r"[^\W_]+", word)).lower()


@lru_cache(maxsize=64)
def _new(renames: Renames) -> re.Pattern[str]:
    names = sorted(new_names(renames), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")


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
