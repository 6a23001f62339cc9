"""A text as nested blocks: a line with a key, what stands above it, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """An entry of a mapping or a list, in the very lines that it was written in."""

    key: str
    """What it is called among its neighbours."""
    head: str
    """Its own line or lines."""
    lead: tuple[str, ...] = ()
    """Blank lines and comments above it."""
    body: tuple[Block, ...] = ()
    tail: str = ""
    """What closes it, such as a bracket on a line of its own."""

    @property
    def lines(self) -> Iterator[str]:
        """Every line of it."""
        yield from self.lead
        yield self.head
        for block in self.body:
            yield from block.lines
        yield self.tail

    @property
    def text(self) -> str:
        """All of it, as it was written."""
        return "".join(self.lines)

    @property
    def meaning(self) -> str:
        """The same for blocks that differ in blank lines at most."""
        stripped = (line.strip() for line in self.text.splitlines())
        return "\n".join(line for line in stripped if line)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole text: its blocks, and what stands below the last."""

    blocks: tuple[Block, ...]
    end: str = ""


Read = Callable[[str], Outline]
