"""A rename of the spec carried into base and ours, so that no line differs by it alone.

What became of each word is learned from base and theirs, side by side: an old name that theirs
still has in some place stays in that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from generator.merge.endings import lines
from generator.merge.learning import learned
from generator.merge.renames import Renames, of_kind, pattern, rewritten
from generator.merge.sides import Sides
from generator.merge.words import Words, blocks, same, splitter
from generator.tree import Tree

_WORD = re.compile(r"\w+")


class Renaming:
    """The renames since base; `theirs` is the whole new render, which says what exists no more.

    `moves` leads from the old path of a file to its new one.
    """

    def __init__(self, renames: Renames, theirs: Tree, moves: Mapping[str, str]) -> None:
        self._renames = renames
        self._resources = of_kind(renames, "resource")
        self._theirs = theirs
        self._modules = dict(_modules(moves))

    def carried(self, sides: Sides[str]) -> Sides[str]:
        """Return the sides with the renames carried into base and ours."""
        if not self._renames or not pattern(self._renames).search(sides.base + sides.ours):
            return sides
        old = [self._split(line) for line in lines(sides.base)]
        new = learned(old, lines(sides.theirs), self._renames)
        mine = [self._split(line) for line in lines(sides.ours)]
        ours = self._with_modules("".join(self._followed(old, new, mine)))
        return Sides("".join(word for line in new for word in line), ours, sides.theirs)

    def called(self, name: str) -> str | None:
        """Return what a name that follows from a resource's is now called.

        None for one that still exists, or that never followed from such a name.
        """
        now = rewritten(name, self._resources)
        return now if name not in self._vocabulary and now in self._vocabulary else None

    def called_in(self, theirs: str, name: str) -> str | None:
        """Return what a variable is now called that a text of theirs has no more."""
        words = frozenset(_WORD.findall(theirs))
        now = rewritten(name, self._renames)
        return now if name not in words and now in words else self.called(name)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for text in self._theirs.values() for word in _WORD.findall(text))

    def _split(self, line: str) -> Words:
        return splitter(self._renames).findall(line)

    def _followed(
        self, old: Sequence[Words], new: Sequence[Words], mine: Sequence[Words]
    ) -> Iterator[str]:
        """Give the person's lines with the words that are base's renamed as base's were."""
        before, after = ["".join(line) for line in old], ["".join(line) for line in mine]
        moved = {was.strip(): "".join(now) for was, now in zip(before, new, strict=True)}
        for equal, here, there in blocks(before, after):
            if equal:
                yield from ("".join(line) for line in new[here])
                continue
            aligned = self._aligned(_flat(old[here]), _flat(new[here]), mine[there])
            for line, own in zip(after[there], aligned, strict=True):
                yield _indented_as(line, moved[line.strip()]) if line.strip() in moved else own

    def _aligned(self, old: Words, new: Words, mine: Sequence[Words]) -> Iterator[str]:
        words = _flat(mine)
        found = {at: new[number] for number, at in same(old, words).items()}
        at = 0
        for line in mine:
            places = range(at, at + len(line))
            yield "".join(found[i] if i in found else self._own(words, i) for i in places)
            at += len(line)

    def _own(self, words: Words, at: int) -> str:
        """Rename a word of the person's own where it can only mean what exists no more.

        Those are attributes, what is imported, and classes; a variable may be the person's own.
        """
        word = words[at]
        if word[:1].isupper() or words[max(at - 1, 0)] == "." or _is_imported(words, at):
            return self.called(word) or word
        return word

    def _with_modules(self, text: str) -> str:
        """Return a text with the modules whose files have moved under their new names."""
        return _DOTTED.sub(lambda match: self._moved(match[0]), text) if self._modules else text

    def _moved(self, name: str) -> str:
        whole = name.split(".")
        for size in range(len(whole), 1, -1):
            if new := self._modules.get(".".join(whole[:size])):
                return ".".join([new, *whole[size:]])
        return name


_DOTTED = re.compile(r"\b(?:app|tests)(?:\.[a-z_]\w*)+")
_IMPORT = re.compile(r"\bimport\s*\(?[\w\s,]*$")


def _is_imported(words: Words, at: int) -> bool:
    return bool(_IMPORT.search("".join(words[max(at - 200, 0) : at])))


def _modules(moves: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the packages and modules that have moved, by their dotted names."""
    for old, new in moves.items():
        if old.endswith(".py"):
            before, after = (path.removesuffix(".py").split("/") for path in (old, new))
            yield ".".join(before), ".".join(after)
            if before[-1] == after[-1]:
                yield ".".join(before[:-1]), ".".join(after[:-1])


def _indented_as(line: str, moved: str) -> str:
    """Return a line of base at the depth that the person has moved it to."""
    return line[: len(line) - len(line.lstrip())] + moved.lstrip()


def _flat(lines: Sequence[Words]) -> Words:
    return [word for line in lines for word in line]
