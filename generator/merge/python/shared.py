"""Functions and classes that all three texts have alike: a word stands for each while they merge.

Most of a file is what it was on both sides. Nothing can come of it but itself, so that it need not
be taken apart: a structural merge costs what differs, not what there is.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.merge.endings import lines
from generator.merge.python.gate import parsed
from generator.merge.sides import Sides

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Name = tuple[str, ...]
"""The names of a definition and of the classes that it stands in."""
BODY = "body of"
_LINE = re.compile(r"^[ \t]*(__same_\d+__) = 0$")


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of a definition from its first decorator on, counted from 0, and their text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Three texts without what they share; `parts` leads from each word to what it stands for."""

    sides: Sides[str]
    parts: Mapping[str, list[str]]

    def restored(self, text: Iterable[str]) -> Iterator[str]:
        """Return lines with what they share in its places again."""
        for line in text:
            match = _LINE.match(line)
            yield from self.parts.get(match[1], [line]) if match else [line]


def apart(sides: Sides[str]) -> Shared:
    """Put a word in the place of each definition that is the same in all three texts."""
    if any("__same_" in side for side in sides):
        return Shared(sides, {})
    found = sides.map(_spans)
    same = [name for name in found.base if _is_same(name, found)]
    outer = [name for name in same if not any(name[:size] in same for size in range(1, len(name)))]
    words = {name: f"__same_{number}__" for number, name in enumerate(outer)}
    texts = zip(sides, found, strict=True)
    return Shared(
        Sides(*(_without(text, spans, words) for text, spans in texts)),
        {word: lines(found.base[name].text) for name, word in words.items()},
    )


def _is_same(name: Name, found: Sides[dict[Name, Span]]) -> bool:
    texts = {spans[name].text if name in spans else None for spans in found}
    return len(texts) == 1


def _without(text: str, spans: Mapping[Name, Span], words: Mapping[Name, str]) -> str:
    found = lines(text)
    for name, word in sorted(words.items(), key=lambda one: spans[one[0]].start, reverse=True):
        span = spans[name]
        first = found[span.start]
        indent = first[: len(first) - len(first.lstrip())]
        found[span.start : span.end] = [f"{indent}{word} = 0\n"]
    return "".join(found)


def _spans(text: str) -> dict[Name, Span]:
    """Return the definitions that can be put aside, those of a class's body too."""
    tree, found = parsed(text), lines(text)
    return dict(_of_block(tree.body, (), found)) if tree else {}


def _of_block(body: list[ast.stmt], within: Name, text: list[str]) -> Iterator[tuple[Name, Span]]:
    counts = Counter(node.name for node in body if isinstance(node, Definition))
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, Definition) and counts[node.name] == 1 and not _belongs(after):
            yield from _of_definition(node, (*within, node.name), text)


def _of_definition(node: Definition, name: Name, text: list[str]) -> Iterator[tuple[Name, Span]]:
    """Return a definition's lines, and those of its body, which may be all that is the same."""
    end = node.end_lineno or node.lineno
    if not _goes_on(text, end, node.col_offset):
        yield name, _span(node, end, text)
        if not isinstance(node, ast.ClassDef) and _is_below(node.body[0], text):
            yield (*name, BODY), _span(node.body[0], end, text)
    if isinstance(node, ast.ClassDef):
        yield from _of_block(node.body, name, text)


def _span(first: ast.stmt, end: int, text: list[str]) -> Span:
    above = getattr(first, "decorator_list", ())
    start = min([first.lineno, *(item.lineno for item in above)]) - 1
    return Span(start, end, "".join(text[start:end]))


def _is_below(first: ast.stmt, text: list[str]) -> bool:
    """Whether a body starts on a line of its own."""
    return not text[first.lineno - 1].encode()[: first.col_offset].strip()


def _belongs(after: ast.stmt | None) -> bool:
    """Whether a statement is a string that belongs to what stands before it."""
    return isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)


def _goes_on(text: list[str], end: int, depth: int) -> bool:
    """Whether a comment behind a definition is indented as if it were a part of it."""
    following = next((line for line in text[end:] if line.strip()), "")
    return following.lstrip().startswith("#") and len(following) - len(following.lstrip()) > depth
