"""How a file ends its lines, and what stands before its first: kept as the person has them."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

BOM = "\ufeff"
_ENDING = re.compile(r"\r\n|\n")


def plain(text: str) -> str:
    """Return a text as the generator writes it: no byte-order mark, lines that end in LF."""
    body = text.removeprefix(BOM).replace("\r\n", "\n")
    return body if not body or body.endswith("\n") else f"{body}\n"


def lines(text: str) -> list[str]:
    """Return the lines of a text, each with its LF; no other character ends one."""
    parts = text.split("\n")
    whole = [f"{line}\n" for line in parts[:-1]]
    return [*whole, parts[-1]] if parts[-1] else whole


def as_in(merged: str, ours: str) -> str:
    """Return a merged plain text with the byte-order mark and the line endings of `ours`."""
    if plain(ours) == merged:
        return ours
    text = _ended_as_in(merged, ours) if "\r\n" in ours else merged
    if ours and not ours.endswith("\n") and _last(merged) == _last(plain(ours)):
        text = text.removesuffix("\n").removesuffix("\r")
    return f"{BOM}{text}" if ours.startswith(BOM) else text


def _last(text: str) -> str:
    return text[text.rfind("\n", 0, -1) + 1 :]


def _ended_as_in(merged: str, ours: str) -> str:
    """Give each line of `ours` its own ending, and a new line the most frequent one."""
    endings = _ENDING.findall(ours)
    usual = Counter(endings).most_common(1)[0][0]
    if len(set(endings)) == 1:
        return merged.replace("\n", usual)
    return "".join(map(_with, lines(merged), _own(merged, ours, endings, usual)))


def _own(merged: str, ours: str, endings: list[str], usual: str) -> list[str]:
    new, old = lines(merged), lines(plain(ours))
    found = [usual] * len(new)
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            if block.a + i < len(endings):
                found[block.b + i] = endings[block.a + i]
    return found


def _with(line: str, ending: str) -> str:
    return line.removesuffix("\n") + ending
