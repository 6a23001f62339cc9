"""YAML text to located nodes, by the events of ruamel.yaml.

The document is YAML 1.2 (core schema). Tags, anchors, aliases, merge keys, directives but
`%YAML 1.2`, a second document, and more than 64 levels are `error[yaml]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import quoted
from generator.spec.report import Path
from generator.spec.scalars import scalar_offsets
from generator.spec.slips import explained
from generator.spec.source import Broken, Entry, Items, Mapping, Node, Place, Scalar, is_null

MAX_DEPTH = 64
UNREAD = "?"
"""Stands in a path for a key that is not read yet, or never will be."""

_BROKEN_TEXT = re.compile("[\x00\ud800-\udfff]")
Complain = Callable[[str, Place, Path, str], None]
"""Takes the code, the place, the path in the document and the message of a mistake."""


def compose(text: str, complain: Complain, offsets: Sequence[int] = ()) -> Node | None:
    """The node of the one document in the text; None if it has none or cannot be read.

    `offsets` tells where in the source the text's characters stand, if it is a part of it.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - the import costs more than most commands
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415
    from ruamel.yaml.reader import ReaderError  # noqa: PLC0415

    composer = _Composer(text, complain, offsets or range(len(text) + 1))
    try:
        return composer.document(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        composer.syntax(error)
    except ReaderError as error:
        composer.fault(error.position, "a character that YAML does not allow; escape it in quotes")
    except (YAMLError, ValueError, OverflowError) as error:
        composer.fault(0, f"not YAML: {error}".split("\n", 1)[0])
    except _StopError:
        pass
    return None


class _StopError(Exception):
    """The document cannot be read any further; the reason was reported."""


@dataclass
class _Composer:
    """Builds nodes from the events of ruamel.yaml, 64 levels deep at most."""

    text: str
    complain: Complain
    offsets: Sequence[int]

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        for event in events:
            match type(event).__name__:
                case "DocumentStartEvent":
                    self._directives(event)
                    if root is not None:
                        self._stop(event, "a second document; the spec is one")
                    root = self._node(next(events), events, ())
        return root

    def fault(self, index: int, message: str) -> None:
        index = min(max(index, 0), len(self.text))
        self.complain("yaml", self._place(index, min(index + 1, len(self.text))), (), message)

    def syntax(self, error: Any) -> None:
        index, message = explained(error, self.text)
        self.fault(index, message)

    def _place(self, start: int, end: int) -> Place:
        first = self.offsets[start]
        return Place(first, max(first, self.offsets[end - 1] + 1 if end > start else first))

    def _event_place(self, event: Any) -> Place:
        return self._place(event.start_mark.index, event.end_mark.index)

    def _whole(self, event: Any, last: Any) -> Place:
        """A list or a mapping in brackets, both of them included; else the place of its start."""
        end = last.end_mark.index if event.flow_style else event.end_mark.index
        return self._place(event.start_mark.index, end)

    def _stop(self, event: Any, message: str, path: Path = ()) -> None:
        self.complain("yaml", self._event_place(event), path, message)
        raise _StopError

    def _directives(self, event: Any) -> None:
        if event.tags or event.version not in (None, (1, 2)):
            self._stop(event, "directives are not part of the language, but for %YAML 1.2")

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Node:
        self._refuse_properties(event, path)
        match type(event).__name__:
            case "ScalarEvent":
                return self._scalar(event, path)
            case "SequenceStartEvent":
                return self._items(event, events, path)
            case "MappingStartEvent":
                return self._mapping(event, events, path)
        return Broken(self._event_place(event))

    def _refuse_properties(self, event: Any, path: Path) -> None:
        place = self._event_place(event)
        if type(event).__name__ == "AliasEvent":
            reason = "aliases (*) are not part of the language; write it out"
            self.complain("yaml", place, path, reason)
            return
        start = event.start_mark.index
        words = (("anchor", "anchors (&)"), ("tag", "tags (!)"))
        said = [name for name, words_ in words if getattr(event, name, None) is not None]
        if said:
            what = " and ".join(dict(words)[name] for name in said)
            at = re.compile(r"[^\s,\]}]+").match(self.text, start)
            place = self._place(start, at.end() if at else start + 1)
            self.complain("yaml", place, path, f"{what} are not part of the language")

    def _scalar(self, event: Any, path: Path) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        start = _behind_properties(self.text, start, event)
        place = self._place(start, end)
        if _BROKEN_TEXT.search(event.value):
            self.complain("yaml", place, path, "a NUL or half a surrogate pair is no text")
            return Broken(place)
        inner = scalar_offsets(self.text[start:end], event.style or "", event.value)
        offsets = [self.offsets[start + i] for i in inner]
        return Scalar(event.value, not event.style, place, offsets)

    def _items(self, event: Any, events: Iterator[Any], path: Path) -> Node:
        self._deep(event, path)
        items: list[Node] = []
        while type(item := next(events)).__name__ != "SequenceEndEvent":
            items.append(self._node(item, events, (*path, len(items))))
        return Items(tuple(items), self._whole(event, item))

    def _mapping(self, event: Any, events: Iterator[Any], path: Path) -> Node:
        self._deep(event, path)
        entries: dict[str, Entry] = {}
        while type(key_event := next(events)).__name__ != "MappingEndEvent":
            key = self._node(key_event, events, (*path, UNREAD))
            inner = (*path, key.text if isinstance(key, Scalar) else UNREAD)
            value = self._node(next(events), events, inner)
            if self._split_by_comma(key, value, entries, path):
                continue
            entry = self._entry(key, value, entries, inner)
            if entry:
                entries[entry.key.text] = entry
        return Mapping(tuple(entries.values()), self._whole(event, key_event))

    def _split_by_comma(
        self, key: Node, value: Node, entries: dict[str, Entry], path: Path
    ) -> bool:
        """Whether a comma of ours, `{price: decimal(10, 2)}`, was taken for one of YAML's."""
        last = next(reversed(entries.values()), None)
        if last is None or not isinstance(last.value, Scalar) or not isinstance(key, Scalar):
            return False
        opened = last.value.plain and last.value.text.count("(") > last.value.text.count(")")
        if not (opened and key.plain and ")" in key.text and is_null(value)):
            return False
        place = Place(last.value.place.start, key.place.end)
        reason = "in {...} a comma separates keys; put the value in quotes"
        self.complain("yaml", place, (*path, last.key.text), reason)
        entries[last.key.text] = Entry(last.key, Broken(place))
        return True

    def _entry(self, key: Node, value: Node, entries: dict[str, Entry], path: Path) -> Entry | None:
        if not isinstance(key, Scalar):
            if not isinstance(key, Broken):
                reason = "a key is a word, not a list or a mapping"
                self.complain("yaml", key.place, path[:-1], reason)
            return None
        if key.plain and key.text == "<<":
            reason = "merge keys (<<) are not part of the language"
            self.complain("yaml", key.place, path[:-1], reason)
            return None
        if key.text in entries:
            twice = f"the key {quoted(key.text)} stands twice"
            self.complain("duplicate-key", key.place, path, twice)
            return None
        if isinstance(value, Scalar) and not value.text and value.plain:
            value = Scalar("", True, key.place)
        return Entry(key, value)

    def _deep(self, event: Any, path: Path) -> None:
        if len(path) >= MAX_DEPTH:
            self._stop(event, f"more than {MAX_DEPTH} levels deep")


def _behind_properties(text: str, start: int, event: Any) -> int:
    """Where the scalar itself starts, behind its anchor and tag."""
    for _ in range((event.anchor is not None) + (event.tag is not None)):
        match = re.compile(r"[&!]\S*\s*").match(text, start, event.end_mark.index)
        start = match.end() if match else start
    return start
