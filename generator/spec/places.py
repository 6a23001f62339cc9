"""Where a page says something, for whoever has its meaning alone."""

from __future__ import annotations

from functools import cached_property

from generator.spec.compose import compose
from generator.spec.source import Entry, Node, Source
from generator.spec.source import Mapping as MappingNode


class Places:
    """The lines and columns of a page's keys."""

    def __init__(self, page: str) -> None:
        self._page = page

    def of(self, path: tuple[str, ...]) -> tuple[int, int] | None:
        """Return the line and the column, from 1, of the key that a path leads to."""
        node, entry = self._root, None
        for key in path:
            entry = _entry(node, key)
            if entry is None:
                return None
            node = entry.value
        return Source(self._page, "").position(entry.key.place.start) if entry else None

    @cached_property
    def _root(self) -> Node | None:
        return compose(self._page, lambda *_: None)


def _entry(node: Node | None, key: str) -> Entry | None:
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((entry for entry in entries if entry.key.text == key), None)
