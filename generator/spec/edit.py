"""A resource written into a page by itself: every comment, blank line and order stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.errors import Problem, ScaffoldError, SpecError
from generator.literals import plain_yaml
from generator.spec.compose import compose
from generator.spec.source import Entry, Source, is_null
from generator.spec.source import Mapping as MappingNode

RELATIONS = ("belongs_to", "has_many", "has_one", "many_to_many")
EMPTY = re.compile(r":[ \t]*(?:\{\s*\}|~|null|Null|NULL)(?=\s|$)")
"""The colon and the value of a key that holds nothing."""
STEP = "  "
"""How far each level is indented that the page itself doesn't show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to be written, and where a person has said it: `file` is what they call that place."""

    text: str
    file: str = ""
    source: str = ""
    number: int = 1
    shift: int = 0
    """How far the person's text is to the right of where it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A page with more lines in it, by their numbers."""

    text: str
    added: Mapping[int, Line]

    def placed(self, error: SpecError) -> SpecError:
        """The mistakes in the page; those in the added lines where the person has said them."""
        return SpecError(map(self._placed, error.problems))

    def _placed(self, problem: Problem) -> Problem:
        line = self.added.get(problem.line)
        if line is None or not line.file:
            return problem
        return replace(
            problem,
            file=line.file,
            line=line.number,
            column=max(1, problem.column - line.shift),
            source_line=line.source,
        )


def from_arguments(name: str, fields: Sequence[str]) -> tuple[Line, ...]:
    """Return a resource from words of a command line, each `name: expression`.

    Raises ScaffoldError for one of another form.
    """
    said = [_argument(number, text) for number, text in enumerate(fields, 1)]
    relations = [line for is_relation, line in said if is_relation]
    plain = [line for is_relation, line in said if not is_relation]
    head = f"{plain_yaml(name)}:"
    return (
        Line(text=head, file="NAME", source=name),
        *_group("fields", plain),
        *_group("relations", relations),
    )


def from_file(text: str, file: str) -> tuple[Line, ...]:
    """Return the resources that a file says: `name:` and what belongs to it, as in a page."""
    lines = text.expandtabs(2).splitlines()
    filled = [line for line in lines if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in filled), default=0)
    return tuple(
        Line(text=line[margin:].rstrip(), file=file, source=line, number=number, shift=-margin)
        for number, line in enumerate(lines, 1)
    )


def with_resource(page: str, lines: Iterable[Line]) -> Edited:
    """Return the page with a resource behind its last.

    Raises ScaffoldError where its resources stand in braces, behind which nothing can be written.
    """
    newline = "\r\n" if "\r\n" in page else "\n"
    old = page.splitlines()
    at, indent, before = _gap(page, old)
    new = [replace(line, text=f"{indent}{line.text}".rstrip()) for line in lines]
    new = [replace(line, shift=line.shift + len(indent)) for line in new]
    kept = [*old[:at], *before]
    text = newline.join([*kept, *(line.text for line in new), *old[at:], ""])
    numbers = range(len(kept) + 1, len(kept) + len(new) + 1)
    return Edited(text=text, added=dict(zip(numbers, new, strict=True)))


def _argument(number: int, text: str) -> tuple[bool, Line]:
    name, colon, expression = (part.strip() for part in text.partition(":"))
    if not (name and colon and expression):
        raise ScaffoldError(f'FIELD {number}: a field is said as "title: string(1..200)"')
    key = f"{plain_yaml(name)}: "
    written = plain_yaml(expression)
    quote = len(written) - len(written.lstrip('"'))
    shift = len(STEP) * 2 + len(key) + quote - text.index(expression, text.index(":"))
    line = Line(text=f"{STEP * 2}{key}{written}", file=f"FIELD {number}", source=text, shift=shift)
    return expression.split()[0] in RELATIONS, line


def _group(key: str, lines: list[Line]) -> Iterator[Line]:
    if lines:
        yield Line(text=f"{STEP}{key}:")
        yield from lines


def _gap(page: str, lines: list[str]) -> tuple[int, str, list[str]]:
    """Where a resource goes: behind how many lines, how far indented, and what goes before it."""
    entry = _resources(page)
    if entry is None:
        return len(lines), STEP, [*([""] if lines else []), "resources:"]
    first = Source(page, "").position(entry.key.place.start)[0]
    if is_null(entry.value) or entry.value == MappingNode((), entry.value.place):
        lines[first - 1] = EMPTY.sub(":", lines[first - 1], count=1)
        return first, STEP, []
    end = _end(lines, first)
    indent = _indent(page, entry)
    blank = [""] if any(not line.strip() for line in lines[first:end]) else []
    return end, indent, blank


def _resources(page: str) -> Entry | None:
    root = compose(page, lambda *_: None)
    entries = root.entries if isinstance(root, MappingNode) else ()
    return next((entry for entry in entries if entry.key.text == "resources"), None)


def _indent(page: str, entry: Entry) -> str:
    """How far the resources of the page are indented."""
    source = Source(page, "")
    line, column = source.position(entry.value.place.start)
    if source.line(line)[column - 1 : column] == "{":
        raise ScaffoldError(
            f"service.yaml:{line}: resources stand in braces; write one a line, so that another "
            "can be added"
        )
    return source.line(line)[: column - 1]


def _end(lines: list[str], first: int) -> int:
    """How many lines there are to the last of a key's value; `first` is that of the key."""
    end = first
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip() and line[0] not in " \t":
            if not line.startswith("#"):
                break
        elif line.strip():
            end = number
    return end
