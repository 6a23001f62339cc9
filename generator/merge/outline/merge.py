"""Three outlines -> one: by lines where that is right, else key by key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.merge import law
from generator.merge.endings import lines
from generator.merge.groups import Group, groups
from generator.merge.markers import marked
from generator.merge.model import Conflict, FileMerge
from generator.merge.outline.blocks import Block, Outline, Read
from generator.merge.pairs import Item
from generator.merge.sides import Sides
from generator.merge.text import Chunk, chunks, joined, merged_text

_INLINE = re.compile(
    r"^(?P<before>[^\[\]#\"']*)\[(?P<items>[^\[\]{}#]*)\](?P<after>\s*(?:#.*)?\n?)$"
)


class ClashError(Exception):
    """Both sides changed one line, each in another way."""


class Outlines:
    """Merges outlines, and collects the conflicts in them, each with the text that holds it."""

    def __init__(self) -> None:
        self.clashes: list[tuple[Block, Sides[str], tuple[str, str]]] = []

    def merged(self, sides: Sides[Outline]) -> str:
        """Return the merged text; a clash in it is a block of marks."""
        blocks = self._blocks(sides.map(lambda side: side.blocks))
        end = _taken(sides.map(lambda side: side.end))
        return "".join([*(block.text for block in blocks), end])

    def _blocks(self, sides: Sides[tuple[Block, ...]]) -> tuple[Block, ...]:
        found = groups(sides.map(lambda side: [_item(block) for block in side]))
        return tuple(block for group in found for block in self._group(group))

    def _group(self, group: Group[Block]) -> Iterator[Block]:
        base, ours, theirs = group.base, group.ours, group.theirs
        if base is None and (ours is None or theirs is None):
            yield from (block for block in (ours, theirs) if block is not None)
        elif not group.is_gone(_same):
            try:
                yield self._inside(group)
            except ClashError:
                yield self._clash(group)

    def _inside(self, group: Group[Block]) -> Block:
        base, ours, theirs = group.base, group.ours, group.theirs
        if ours is None or theirs is None:
            raise ClashError
        if _same(ours, theirs):
            return ours
        if base is None:
            return self._entry(Sides(Block(ours.key, ""), ours, theirs))
        if _same(ours, base) or _same(theirs, base):
            return theirs if _same(ours, base) else ours
        return self._entry(Sides(base, ours, theirs))

    def _entry(self, sides: Sides[Block]) -> Block:
        head = _head(sides.map(lambda block: block.head))
        mark = len(self.clashes)
        try:
            body = self._blocks(sides.map(lambda block: block.body))
            lead = _joined(sides.map(lambda block: block.lead))
            tail = _taken(sides.map(lambda block: block.tail))
        except ClashError:
            del self.clashes[mark:]
            raise
        return Block(sides.ours.key, head, lead, _separated(body, tail), tail)

    def _clash(self, group: Group[Block]) -> Block:
        texts = Sides(*(block.text if block else "" for block in _three(group)))
        name = next(block.key for block in _three(group) if block)
        block = Block(name, "".join(marked(Chunk(*texts.map(lines)))))
        self.clashes.append((block, texts, _words(group, name)))
        return block


def _three(group: Group[Block]) -> tuple[Block | None, ...]:
    return (group.base, group.ours, group.theirs)


def _words(group: Group[Block], name: str) -> tuple[str, str]:
    verbs = [
        "add" if group.base is None else "delete" if side is None else "change"
        for side in (group.ours, group.theirs)
    ]
    past = {"add": "added", "delete": "deleted", "change": "changed"}
    return f"{past[verbs[0]]} `{name}`", f"{verbs[1]}s `{name}`"


def _item(block: Block) -> Item[Block]:
    return Item(value=block, strong=block.key, weak=block.meaning, exact=block.meaning)


def _same(one: object, other: object) -> bool:
    return isinstance(one, Block) and isinstance(other, Block) and one.meaning == other.meaning


def _taken(sides: Sides[str]) -> str:
    """Take what one side changed. Raises ClashError where both did."""
    base, ours, theirs = (side.split() for side in sides)
    if theirs in (ours, base):
        return sides.ours
    if ours == base:
        return sides.theirs
    raise ClashError


def _head(sides: Sides[str]) -> str:
    """Take a line that one side changed, or merge a list that stands on it."""
    try:
        return _taken(sides)
    except ClashError:
        found = [_INLINE.match(side) for side in sides]
        base, ours, theirs = ([] if match is None else _inline(match) for match in found)
        if found[1] is None or found[2] is None or (found[0] is None and sides.base):
            raise
        items = ", ".join(_united(Sides(base, ours, theirs)))
        return f"{found[1]['before']}[{items}]{found[1]['after']}"


def _inline(match: re.Match[str]) -> list[str]:
    return [item.strip() for item in match["items"].split(",") if item.strip()]


def _united(sides: Sides[list[str]]) -> list[str]:
    found = groups(sides.map(lambda side: [Item(item, item, item, item) for item in side]))
    kept = [group for group in found if not group.is_gone(lambda one, other: one == other)]
    return [group.ours or group.theirs or "" for group in kept]


def _joined(sides: Sides[tuple[str, ...]]) -> tuple[str, ...]:
    """Merge the comments above a block line by line. Raises ClashError where that conflicts."""
    found: list[str] = []
    for chunk in chunks(*sides):
        merged = joined(chunk) if chunk.merged is None else chunk.merged
        if merged is None:
            raise ClashError
        found += merged
    return tuple(found)


def _separated(body: Sequence[Block], tail: str) -> tuple[Block, ...]:
    """Give each item of an array but the last a comma."""
    if not tail.strip().startswith("]"):
        return tuple(body)
    return (*(replace(block, head=_with_comma(block.head)) for block in body[:-1]), *body[-1:])


def _with_comma(head: str) -> str:
    if head.startswith("<") or head.partition("#")[0].rstrip().endswith(","):
        return head
    code, sign, comment = head.rstrip("\n").partition(" #")
    return f"{code.rstrip()},{sign}{comment}\n"


def merge_outline(path: str, sides: Sides[str], read: Read) -> FileMerge | None:
    """Return the merge of a text that `read` understands, None where none is right."""
    text = merged_text(sides)
    if text is not None and _is_right(sides, text, read):
        return FileMerge(text=text)
    outlines = Outlines()
    text = outlines.merged(sides.map(read))
    between = [texts for _, texts, _ in outlines.clashes]
    if not _is_right(sides, _with_ours(text, outlines), read, between):
        return None
    return FileMerge(text=text, conflicts=tuple(_conflicts(path, text, outlines)))


def _with_ours(text: str, outlines: Outlines) -> str:
    for block, texts, _ in outlines.clashes:
        text = text.replace(block.head, texts.ours, 1)
    return text


def _conflicts(path: str, text: str, outlines: Outlines) -> Iterator[Conflict]:
    for block, _, (ours, theirs) in outlines.clashes:
        line = text[: text.index(block.head)].count("\n") + 1
        yield Conflict(path=path, line=line, ours=ours, theirs=theirs)


def _is_right(sides: Sides[str], text: str, read: Read, between: Sequence[Sides[str]] = ()) -> bool:
    """Whether nothing is lost, and no key is there twice that wasn't on either side."""
    if not law.holds(law.words, sides, text, between):
        return False
    ours, theirs, merged = (
        _doubles(read(side).blocks) for side in (sides.ours, sides.theirs, text)
    )
    return all(count <= max(ours[key], theirs[key]) for key, count in merged.items())


def _doubles(blocks: Sequence[Block], above: str = "") -> Counter[str]:
    counts = Counter(f"{above}/{block.key}" for block in blocks)
    found = Counter({key: count for key, count in counts.items() if count > 1})
    for block in blocks:
        found.update(_doubles(block.body, f"{above}/{block.key}"))
    return found
