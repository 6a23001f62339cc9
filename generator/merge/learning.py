"""What became of each word of base by a rename, learned from base and theirs side by side.

An old name may have several new ones (`order items`, `order_items`): theirs says which. One that
theirs still has in some place stays in that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.merge.renames import Renames, rewritten
from generator.merge.words import Words, blocks, key_of, same, splitter


@dataclass(frozen=True, slots=True)
class Line:
    """A line of base: its words, and what they would be if all were renamed."""

    was: Words
    wanted: Words

    def given(self, words: Sequence[str | None]) -> Words:
        """Return the line with the words that theirs gives for those that are renamed."""
        return [
            new if new is not None and now != was else was
            for was, now, new in zip(self.was, self.wanted, words, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Known:
    """What theirs says: its lines by their keys, and its words."""

    lines: dict[str, Words]
    words: frozenset[str]


def learned(old: Sequence[Words], theirs: Sequence[str], renames: Renames) -> list[Words]:
    """Return base's lines with each word as theirs has it, where that is a renamed one."""
    mine = [Line(line, [rewritten(word, renames) for word in line]) for line in old]
    others = [splitter(renames).findall(line) for line in theirs]
    wanted, given = (
        [_key(line.wanted, renames) for line in mine],
        [_key(o, renames) for o in others],
    )
    known = Known(
        {key.strip(): line for key, line in zip(given, others, strict=True)},
        frozenset(word for line in others for word in line),
    )
    found: list[Words] = []
    for equal, here, there in blocks(wanted, given):
        if equal:
            pairs = zip(mine[here], others[there], strict=True)
            found += [_whole(line, other) for line, other in pairs]
        else:
            found += _agreed(mine[here], others[there], known, renames)
    return found


def _key(words: Words, renames: Renames) -> str:
    return "".join(key_of(word, renames) for word in words)


def _whole(line: Line, other: Words) -> Words:
    return line.given(other if len(other) == len(line.was) else line.wanted)


def _agreed(
    mine: Sequence[Line], others: Sequence[Words], known: Known, renames: Renames
) -> Iterator[Words]:
    """Take the word that stands at the same place in theirs, or that alone exists there."""
    flat = [word for line in others for word in line]
    keys = [key_of(word, renames) for line in mine for word in line.wanted]
    there = same(keys, [key_of(word, renames) for word in flat])
    at = 0
    for line in mine:
        words = [
            flat[there[at + i]] if at + i in there else _alone(*pair, known)
            for i, pair in enumerate(zip(line.was, line.wanted, strict=True))
        ]
        yield _elsewhere(line, known, renames) or line.given(words)
        at += len(line.was)


def _alone(was: str, now: str, known: Known) -> str | None:
    return now if now in known.words and was not in known.words else None


def _elsewhere(line: Line, known: Known, renames: Renames) -> Words | None:
    """Return the line as theirs has it at another place, None where it has it nowhere."""
    if other := known.lines.get(_key(line.wanted, renames).strip()):
        own, strange = _inner(line.wanted), _inner(other)
        if len(own) == len(strange):
            given = dict(zip(own, (other[i] for i in strange), strict=True))
            return line.given([given.get(i) for i in range(len(line.was))])
    return line.was if _key(line.was, renames).strip() in known.lines else None


def _inner(words: Words) -> list[int]:
    """Return the places of the words that are no space."""
    return [number for number, word in enumerate(words) if not word.isspace()]
