"""TOML's blocks: tables, their pairs, and the items of an array that stands on several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.merge.endings import lines
from generator.merge.outline.blocks import Block, Outline

_STRING = re.compile(
    r'"""(?:.|\n)*?"""|\'\'\'(?:.|\n)*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
)
_REQUIREMENT = re.compile(
    r"""["']([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:[<>=!~;@].*)?["'],?\s*(?:#.*)?$"""
)


def toml_outline(text: str) -> Outline:
    """Return the blocks of a TOML document: root pairs first, then tables."""
    found: list[Block] = []
    head: Block | None = None
    rest: Sequence[str] = lines(text)
    while rest:
        lead = _lead(rest)
        after = rest[len(lead) :]
        if not after:
            break
        if after[0].lstrip().startswith("["):
            found += [head] if head else []
            head = Block(after[0].partition("#")[0].strip(), after[0], tuple(lead))
            rest = after[1:]
            continue
        block, rest = _pair(after, tuple(lead))
        if head is None:
            found.append(block)
        else:
            head = Block(head.key, head.head, head.lead, (*head.body, block))
    found += [head] if head else []
    return Outline(tuple(found), "".join(rest))


def _lead(found: Sequence[str]) -> Sequence[str]:
    size = 0
    while size < len(found) and (not found[size].strip() or found[size].lstrip().startswith("#")):
        size += 1
    return found[:size]


def _pair(found: Sequence[str], lead: tuple[str, ...]) -> tuple[Block, Sequence[str]]:
    size = _size(found)
    key = found[0].partition("=")[0].strip()
    is_open = found[0].partition("#")[0].rstrip().endswith("[")
    if not is_open or not found[size - 1].strip().startswith("]"):
        return Block(key, "".join(found[:size]), lead), found[size:]
    items, end = _items(found[1 : size - 1])
    return Block(key, found[0], lead, items, end + found[size - 1]), found[size:]


def _size(found: Sequence[str]) -> int:
    """Return how many lines a pair has: until its brackets and quotes are closed."""
    for size in range(1, len(found) + 1):
        text = _STRING.sub("", "".join(found[:size]))
        closed = all(text.count(a) == text.count(b) for a, b in ("[]", "{}"))
        if closed and '"' not in text and "'" not in text:
            return size
    return len(found)


def _items(found: Sequence[str]) -> tuple[tuple[Block, ...], str]:
    blocks: list[Block] = []
    while found:
        lead = _lead(found)
        after = found[len(lead) :]
        if not after:
            break
        size = _size(after)
        blocks.append(Block(_item_key(after[0]), "".join(after[:size]), tuple(lead)))
        found = after[size:]
    return tuple(blocks), "".join(found)


def _item_key(line: str) -> str:
    """Return a requirement's name, or the item itself."""
    match = _REQUIREMENT.match(line.strip())
    return match[1].lower() if match else line.partition("#")[0].strip().rstrip(",")
