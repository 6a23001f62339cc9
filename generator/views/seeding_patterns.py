"""Texts that a pattern allows, as alphabets: how many characters of which, one after the other."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any

from generator.spec.model import Field

parser: Any = import_module("re._parser")
sre: Any = import_module("re._constants")
"""How `re` itself reads a pattern; type checkers know nothing of it."""

Pieces = list[tuple[str, int]]

LONG = 10
"""So many characters stand for any number of them."""
TRIES = 20
WORD = string.ascii_letters + string.digits + "_"
ANY = string.ascii_lowercase + string.digits
PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " "
CATEGORIES = {
    sre.CATEGORY_DIGIT: string.digits,
    sre.CATEGORY_WORD: WORD,
    sre.CATEGORY_SPACE: " ",
}


class _TooHardError(Exception):
    """The pattern says what alphabets can't."""


def pieces(item: Field) -> Pieces | None:
    """The alphabets of a field's pattern; None where they would not do."""
    try:
        found = list(_sequence(parser.parse(item.pattern or "")))
    except _TooHardError:
        return None
    found = _lengthened(found, item)
    return found if all(fits(item, text) for text in _samples(found)) else None


def _sequence(tree: Any) -> Iterator[tuple[str, int]]:
    for operation, argument in tree:
        yield from _one(operation, argument)


def _one(operation: Any, argument: Any) -> Iterator[tuple[str, int]]:
    if operation is sre.LITERAL:
        yield chr(argument), 1
    elif operation is sre.IN:
        yield _alphabet(argument), 1
    elif operation is sre.ANY:
        yield ANY, 1
    elif operation is sre.MAX_REPEAT:
        yield from _repeated(*argument)
    elif operation is sre.SUBPATTERN:
        yield from _sequence(argument[-1])
    elif operation is sre.BRANCH:
        yield from _sequence(argument[1][0])
    elif operation is not sre.AT:
        raise _TooHardError


def _repeated(least: int, most: int, tree: Any) -> Iterator[tuple[str, int]]:
    inner = list(_sequence(tree))
    times = least if least else min(int(most), 1 if len(inner) > 1 else LONG)
    if len(inner) == 1 and inner[0][1] == 1:
        longer = len(inner[0][0]) > 1 and int(most) > least
        yield inner[0][0], max(least, min(int(most), LONG)) if longer else times
    else:
        yield from inner * times


def _alphabet(items: Any) -> str:
    negated = items[0][0] is sre.NEGATE
    known = {character for item in items for character in _members(*item)}
    found = [one for one in PRINTABLE if (one in known) != negated and one != " "]
    if not found:
        raise _TooHardError
    return "".join(found)


def _members(operation: Any, argument: Any) -> str:
    if operation is sre.LITERAL:
        return chr(argument)
    if operation is sre.RANGE:
        return "".join(map(chr, range(argument[0], min(argument[1], 0x7E) + 1)))
    if operation is sre.CATEGORY and argument in CATEGORIES:
        return CATEGORIES[argument]
    if operation is sre.NEGATE:
        return ""
    raise _TooHardError


def _lengthened(found: Pieces, item: Field) -> Pieces:
    """The pieces, the longest so much shorter as the field's longest text asks."""
    excess = sum(count for _, count in found) - (item.max_length or 255)
    if excess <= 0:
        return found
    longest = max(range(len(found)), key=lambda index: found[index][1])
    alphabet, count = found[longest]
    return [*found[:longest], (alphabet, max(count - excess, 0)), *found[longest + 1 :]]


def _samples(found: Pieces) -> Iterator[str]:
    random = Random(repr(found))  # noqa: S311 - samples, not secrets
    for _ in range(TRIES):
        yield "".join(random.choice(alphabet) for alphabet, n in found for _ in range(n))


def fits(item: Field, text: str) -> bool:
    """Whether a field allows a text."""
    long_enough = (item.min_length or 0) <= len(text) <= (item.max_length or len(text))
    return long_enough and bool(re.search(item.pattern or "", text))
