"""A module merged by its structure, with a place held for each conflict in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import libcst as cst

from generator.merge.endings import lines
from generator.merge.markers import marked
from generator.merge.python.blocks import Blocks, Clash, Wishes
from generator.merge.sides import Sides
from generator.merge.text import Chunk, chunks

_PLACE = re.compile(r"^[ \t]*(__conflict_\d+__)[^\n]*\n?$")


@dataclass(frozen=True, slots=True)
class Between:
    """A conflict's three texts, and what each side wanted."""

    texts: Sides[list[str]]
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A merged text as its parts: lines that are settled, and conflicts."""

    parts: tuple[str | Between, ...]
    kept: tuple[Sides[str], ...] = ()
    """What is in it though one side took it away, as that side would have it."""

    def with_lines(self, change: Callable[[Iterable[str]], Iterable[str]]) -> Draft:
        """Return the same with other lines, those of conflicts too: what `change` makes of them."""
        parts: list[str | Between] = []
        for part in self.parts:
            if isinstance(part, Between):
                parts.append(replace(part, texts=part.texts.map(lambda text: [*change(text)])))
            else:
                parts += change([part])
        return replace(self, parts=tuple(parts))

    @property
    def conflicts(self) -> tuple[Between, ...]:
        """What is left for the person."""
        return tuple(part for part in self.parts if isinstance(part, Between))

    def with_ours(self) -> str:
        """Return the text as the person would have it in every conflict."""
        return "".join(
            line
            for part in self.parts
            for line in (part.texts.ours if isinstance(part, Between) else [part])
        )

    def between(self) -> tuple[Sides[str], ...]:
        """Return the three texts of each conflict."""
        return tuple(part.texts.map("".join) for part in self.conflicts)

    def marked(self) -> tuple[list[str], list[tuple[int, tuple[str, str]]]]:
        """Return the lines with marks, and for each mark its line, from 1, and the intentions."""
        text: list[str] = []
        places = []
        for part in self.parts:
            if isinstance(part, str):
                text.append(part)
                continue
            for number, line in _smallest(part):
                if number:
                    places.append((len(text) + 1, part.words))
                text += line
        return text, places


def draft(modules: Sides[cst.Module], wishes: Wishes) -> Draft:
    """Merge three modules by their structure."""
    blocks = Blocks(wishes)
    merged = blocks.nodes.merged(modules)
    places = {clash.place: clash for clash in blocks.clashes}
    indent = modules.ours.default_indent
    return Draft(tuple(_parts(merged.code, places, indent)), tuple(blocks.kept))


def _parts(code: str, places: dict[str, Clash], indent: str) -> Iterator[str | Between]:
    for line in lines(code):
        match = _PLACE.match(line)
        if match and match[1] in places:
            clash = places[match[1]]
            yield Between(clash.sides.map(lambda side: _text(side, clash, indent)), clash.words)  # noqa: B023
        else:
            yield line


def _text(statement: Any, clash: Clash, indent: str) -> list[str]:
    """Return a statement's lines as they stand at their depth, from the first that isn't blank."""
    if statement is None:
        return []
    for _ in range(clash.depth):
        statement = cst.If(test=cst.Name("x"), body=cst.IndentedBlock([statement]))
    text = lines(cst.Module([statement], default_indent=indent).code)[clash.depth :]
    while text and not text[0].strip():
        text = text[1:]
    return text


def _smallest(part: Between) -> Iterator[tuple[bool, list[str]]]:
    """Put marks around those lines alone that both sides changed, or around all where none are."""
    found = list(chunks(part.texts.base, part.texts.ours, part.texts.theirs))
    if all(chunk.merged is not None for chunk in found):
        found = [Chunk(part.texts.base, part.texts.ours, part.texts.theirs)]
    for chunk in found:
        clashes = chunk.merged is None or len(found) == 1
        yield clashes, list(marked(chunk) if clashes else chunk.merged or ())
