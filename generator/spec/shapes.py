"""Readers for the shapes that YAML values have: mappings by a table of keys, lists, words, numbers.

A reader takes a node and its path and gives the value, or None once it has reported a problem. So
a None never needs, and never gets, a second report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from generator import naming
from generator.errors import quoted
from generator.spec.report import Path, Report, Said, listed
from generator.spec.source import Broken, Items, Node, Place, Scalar, is_null, plain_kind
from generator.spec.source import Mapping as MappingNode

T = TypeVar("T")
Reader = Callable[[Node, Path, Report], T | None]

PASSED = "\0"
"""Stands in a list for an item that was reported, so that the others keep their places.

No text of a spec holds it: YAML refuses NUL, and so do we where it is escaped.
"""

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
"""A resource, field or relation."""
SERVICE_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
LONGEST_SERVICE_NAME = 64
CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*\Z")
UNSPACED = re.compile(r"[\w-]+:\S")
OLD_FLAGS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
"""What was true and false in YAML 1.1."""
_KINDS = {"null": "nothing", "bool": "true or false", "int": "a number", "float": "a number"}


def expected(node: Node, path: Path, report: Report, what: str) -> None:
    """Reports that something else stands where `what` should; says nothing of what is broken."""
    if isinstance(node, Broken):
        return
    found = _found(node)
    place = at_value(node, path, report)
    message = f"expected {what}, found {found}{_hint(node, what)}"
    report.here("wrong-type", place, path, message, _meant(node, what))


def at_value(node: Node, path: Path, report: Report) -> Place:
    """What a problem with a value points at: the value, or the key of one that is a block."""
    return node.place if node.place.end > node.place.start else report.find(path)[0]


def _hint(node: Node, what: str) -> str:
    """What to do about it, where that can be told."""
    match node:
        case Scalar() if what == "text" and _found(node) != "nothing":
            return "; put it in quotes"
        case Scalar() if what.startswith("a mapping") and UNSPACED.match(node.text):
            return "; a colon takes a blank behind it"
        case Items() if what.startswith("a mapping"):
            return "; a line here is `name: value`, without a dash"
    return ""


def _meant(node: Node, what: str) -> str | None:
    """`true` or `false`, where YAML 1.1 would have read one."""
    if isinstance(node, Scalar) and node.plain and what.startswith("true or false"):
        return OLD_FLAGS.get(node.text.lower())
    return None


def _found(node: Node) -> str:
    match node:
        case MappingNode():
            return "a mapping"
        case Items():
            return "a list"
        case Scalar():
            return _KINDS.get(plain_kind(node), "text")
    return "nothing"


def value_place(key: Scalar, value: Node) -> Place:
    """What a problem with an entry points at: the value, or the key of what opens a block."""
    return value.place if isinstance(value, Scalar) else key.place


def entries(node: Node, path: Path, report: Report) -> list[tuple[Scalar, Node]] | None:
    """The entries of a mapping, their places remembered; nothing at all counts as an empty one."""
    if is_null(node):
        return []
    if not isinstance(node, MappingNode):
        expected(node, path, report, "a mapping")
        return None
    for entry in node.entries:
        report.put((*path, entry.key.text), value_place(entry.key, entry.value))
    return [(entry.key, entry.value) for entry in node.entries]


def mapping(
    node: Node,
    path: Path,
    report: Report,
    readers: Mapping[str, Reader[Any]],
    required: Sequence[str] = (),
) -> dict[str, Any]:
    """A mapping with fixed keys, each read by its own reader; without what could not be read.

    A word near a known key counts as that key, unless it stands there too.
    """
    found = entries(node, path, report)
    if found is None:
        return {}
    texts = {key.text for key, _ in found}
    values: dict[str, Any] = {}
    meant: set[str] = set()
    for key, value in found:
        name = key.text if key.text in readers else _near(key, path, report, readers, texts)
        if name is None or name in meant:
            continue
        meant.add(name)
        report.put((*path, name), value_place(key, value))
        read = readers[name](value, (*path, name), report)
        if read is not None:
            values[name] = read
    for name in required:
        if name not in meant:
            report.at("missing-key", path, f"the key {quoted(name)} is required here")
    return values


def without(keys: Collection[str], node: Node, path: Path, report: Report, reason: str) -> Node:
    """The mapping without keys that belong elsewhere, and so are no slip of the pen here."""
    if not isinstance(node, MappingNode):
        return node
    for key in (entry.key for entry in node.entries if entry.key.text in keys):
        message = f"no key {quoted(key.text)}: {reason}"
        report.here("unknown-key", key.place, (*path, key.text), message)
    kept = tuple(entry for entry in node.entries if entry.key.text not in keys)
    return MappingNode(kept, node.place)


def _near(
    key: Scalar, path: Path, report: Report, readers: Mapping[str, Any], texts: set[str]
) -> str | None:
    report.unknown("unknown-key", Said(key.text, key.place, (*path, key.text)), "key", [*readers])
    near = naming.nearest(key.text, [*readers])
    return None if near in texts else near


def text(node: Node, path: Path, report: Report) -> str | None:
    """Any text."""
    if isinstance(node, Scalar) and plain_kind(node) == "text":
        return node.text
    expected(node, path, report, "text")
    return None


def flag(node: Node, path: Path, report: Report) -> bool | None:
    """`true` or `false`."""
    if isinstance(node, Scalar) and plain_kind(node) == "bool":
        return node.text.lower() == "true"
    expected(node, path, report, "true or false")
    return None


def integer(lowest: int, highest: int) -> Reader[int]:
    """A whole number within limits, both included."""

    def read(node: Node, path: Path, report: Report) -> int | None:
        if not isinstance(node, Scalar) or plain_kind(node) != "int":
            expected(node, path, report, "a whole number")
            return None
        value = whole(node.text)
        if value is not None and lowest <= value <= highest:
            return value
        found = quoted(node.text)
        report.at("bad-value", path, f"expected {lowest} to {highest}, found {found}")
        return None

    return read


def whole(text: str) -> int | None:
    """A whole number of YAML 1.2 (`12`, `-3`, `0x1F`, `0o17`); None if its digits never end."""
    longest = 400
    if len(text) > longest:
        return None
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def choice(words: Sequence[str], what: str) -> Reader[Any]:
    """One of a closed list of words."""

    def read(node: Node, path: Path, report: Report) -> str | None:
        word = text(node, path, report)
        if word is None or word in words:
            return word
        report.unknown("unknown-word", Said(word, node.place, path), what, words)
        return None

    return read


def name(node: Node, path: Path, report: Report) -> str | None:
    """A resource's, field's or relation's name; what is wrong with it is reported."""
    word = text(node, path, report)
    if word is not None:
        check_name(word, path, report, node.place)
    return word


def check_name(word: str, path: Path, report: Report, place: Place) -> None:
    """Reports a name that is none, with what it could be."""
    if NAME.match(word) and len(word) <= naming.LONGEST_NAME:
        return
    if len(word) > naming.LONGEST_NAME:
        message = f"a name has {naming.LONGEST_NAME} characters at most, this one {len(word)}"
        report.here("bad-name", place, path, message)
        return
    better = naming.snake(word)
    message = f"{quoted(word)} is no name: lower-case letters and digits, words joined by one _"
    report.here("bad-name", place, path, message, better if NAME.match(better) else None)


def items(
    node: Node, path: Path, report: Report, reader: Reader[T], what: str
) -> list[T | None] | None:
    """A list, each item read by the reader; None stands for an item that could not be."""
    if not isinstance(node, Items):
        expected(node, path, report, f"a list of {what}")
        return None
    for index, item in enumerate(node.items):
        report.put((*path, index), item.place)
    return [reader(item, (*path, index), report) for index, item in enumerate(node.items)]


def words(
    reader: Reader[str], what: str, *, may_be_empty: bool = True
) -> Callable[[Node, Path, Report], tuple[str, ...] | None]:
    """A list of words, none twice; what was reported is PASSED in its place."""

    def read(node: Node, path: Path, report: Report) -> tuple[str, ...] | None:
        found = items(node, path, report, reader, what)
        if found is None:
            return None
        if not found and not may_be_empty:
            place = at_value(node, path, report)
            report.here("empty-list", place, path, "an empty list; name at least one")
            return None
        twice = report_twice(found, path, report)
        words = enumerate(found)
        return tuple(PASSED if w is None or i in twice else w for i, w in words)

    return read


def report_twice(values: Sequence[object], path: Path, report: Report) -> set[int]:
    """Reports each item that stood in the list before; returns their indexes."""
    seen: set[object] = set()
    twice = set[int]()
    for index, value in enumerate(values):
        if value is not None and value in seen:
            shown = quoted(value) if isinstance(value, str) else "this"
            report.at("duplicate-value", (*path, index), f"{shown} stands here twice")
            twice.add(index)
        seen.add(value)
    return twice


def one_of(what: Sequence[str]) -> str:
    """`a, b or c`."""
    return listed(what, "or")
