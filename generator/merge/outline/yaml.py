"""YAML's blocks: by indentation, a list's entries by their name, id, action or text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.merge.endings import lines
from generator.merge.outline.blocks import Block, Outline

_KEY = re.compile(r"""\s*(?:-\s+)*(?P<key>"[^"]*"|'[^']*'|[^\s#:][^:#]*?)\s*:(?:\s|$)""")
_LITERAL = re.compile(r":\s+[|>][-+0-9]*\s*(#.*)?$|^\s*-\s+[|>][-+0-9]*\s*$")
_NAMES = ("name", "id", "uses", "key")
_VALUE = re.compile(r"\s*(?:-\s+)*(?P<key>\w+)\s*:\s*(?P<value>[^#]*)")


def yaml_outline(text: str) -> Outline:
    """Return the blocks of a YAML document."""
    blocks, rest = _blocks(lines(text), -1)
    return Outline(blocks, "".join(rest))


def _blocks(found: Sequence[str], above: int) -> tuple[tuple[Block, ...], Sequence[str]]:
    """Read the blocks that are deeper than `above`; return them and the lines that are left."""
    blocks: list[Block] = []
    while found:
        lead = _lead(found)
        if len(lead) == len(found) or _depth(found[len(lead)]) <= above:
            break
        block, found = _block(found[len(lead) :], tuple(lead))
        blocks.append(block)
    return tuple(blocks), found


def _block(found: Sequence[str], lead: tuple[str, ...]) -> tuple[Block, Sequence[str]]:
    head, depth = found[0], _depth(found[0])
    if _LITERAL.search(head.rstrip("\n")):
        size = _literal(found, depth)
        return Block(_key(head, ()), "".join(found[:size]), lead), found[size:]
    is_open = head.rstrip().endswith(":") and not head.lstrip().startswith("- ")
    body, rest = _blocks(found[1:], depth)
    if is_open and not body:
        body, rest = _entries(found[1:], depth)
    return Block(_key(head, body), head, lead, body), rest


def _entries(found: Sequence[str], depth: int) -> tuple[tuple[Block, ...], Sequence[str]]:
    """Read a list that stands no deeper than its key."""
    blocks: list[Block] = []
    while found:
        lead = _lead(found)
        after = found[len(lead) :]
        if not after or _depth(after[0]) != depth or not after[0].lstrip().startswith("-"):
            break
        block, found = _block(after, tuple(lead))
        blocks.append(block)
    return tuple(blocks), found


def _literal(found: Sequence[str], depth: int) -> int:
    """Return how many lines a literal text has with its key's; blank ones at its end aren't its."""
    size = 1
    for number, line in enumerate(found[1:], 2):
        if line.strip() and _depth(line) <= depth:
            break
        size = number if line.strip() else size
    return size


def _lead(found: Sequence[str]) -> Sequence[str]:
    size = 0
    while size < len(found) and (not found[size].strip() or found[size].lstrip().startswith("#")):
        size += 1
    return found[:size]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key(head: str, body: Sequence[Block]) -> str:
    if not head.lstrip().startswith("-"):
        match = _KEY.match(head)
        return match["key"].strip("\"'") if match else head.strip()
    named = [_VALUE.match(line) for line in (head, *(block.head for block in body))]
    words = {match["key"]: match["value"].strip() for match in named if match}
    name = next((words[name] for name in _NAMES if name in words), "")
    return f"- {name.partition('@')[0]}" if name else head.strip()
