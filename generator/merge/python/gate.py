"""What is wrong with a merged module that was right on both sides."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.merge import law
from generator.merge.endings import lines
from generator.merge.python.doubles import doubles
from generator.merge.python.tokens import tokens
from generator.merge.sides import Sides


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `kind` is pyflakes' word for it or ours, `name` what it is about."""

    kind: str
    name: str
    line: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What makes two problems the same, wherever they are."""
        return (self.kind, self.name)


UNDEFINED = "UndefinedName"
UNPARSED = Problem("Unparsed", "")
UNEVEN = Problem("Uneven", "")
"""The tokens don't add up."""


@lru_cache(maxsize=16)
def parsed(text: str) -> ast.Module | None:
    """Return the syntax of a text, in whatever encoding it says; None where it is no Python.

    A merge asks for that of its texts several times over; nobody may change it.
    """
    try:
        return ast.parse(text.encode("utf-8", "surrogateescape"))
    except (SyntaxError, ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a merge that are not a sum of the changes: the three texts of each."""

    marked: Iterable[Sides[str]] = ()
    """What stands between the marks of conflicts, of which the merge has ours."""
    kept: Iterable[Sides[str]] = ()
    """What stays though one side took it away, as that side would have it."""


def problems(
    sides: Sides[str], merged: str, parts: Parts, written: str | None = None
) -> tuple[Problem, ...]:
    """Return what a merge brought in that neither side had, nothing where it is as good as they.

    `written` is the person's text before renames were carried into it: what is undefined since is
    new.
    """
    tree = parsed(merged)
    if tree is None:
        return (UNPARSED,)
    if not law.holds(tokens, _with(sides, parts.kept), merged, parts.marked):
        return (UNEVEN,)
    found = _all(merged)
    return tuple(_new(found, sides, written)) if found else ()


def _with(sides: Sides[str], kept: Iterable[Sides[str]]) -> Sides[str]:
    """Return the sides as if none had taken away what stays."""
    for texts in kept:
        sides = Sides(sides.base, sides.ours + texts.ours, sides.theirs + texts.theirs)
    return sides


def undefined(text: str) -> Iterator[tuple[str, str]]:
    """Return the names that a module uses and nobody defines, each with its line's text."""
    tree, found = parsed(text), lines(text)
    for problem in _flaws(tree) if tree else ():
        if problem.kind == UNDEFINED:
            yield problem.name, found[problem.line - 1]


def gone(merged: str, exists: Callable[[str, str], bool]) -> Iterator[Problem]:
    """Return the imports of what another module of the project will have no more."""
    tree = parsed(merged)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if not exists(node.module, alias.name):
                    yield Problem("Gone", f"{node.module}.{alias.name}", node.lineno)


def _new(found: Iterable[Problem], sides: Sides[str], written: str | None) -> Iterator[Problem]:
    known = Counter(p.key for side in (sides.ours, sides.theirs) for p in _all(side))
    if written is not None:
        before = Counter(p.key for side in (written, sides.theirs) for p in _all(side))
        known = Counter({k: (before if k[0] == UNDEFINED else known)[k] for k in known | before})
    seen: Counter[tuple[str, str]] = Counter()
    for problem in found:
        seen[problem.key] += 1
        if seen[problem.key] > known[problem.key]:
            yield problem


def _all(text: str) -> tuple[Problem, ...]:
    tree = parsed(text)
    return (*_flaws(tree), *_doubled(tree)) if tree else ()


def _flaws(tree: ast.Module) -> Iterator[Problem]:
    from pyflakes.checker import Checker  # noqa: PLC0415 - a sync without edits does without

    for message in Checker(tree).messages:
        words = [str(word) for word in message.message_args if not isinstance(word, int)]
        yield Problem(type(message).__name__, words[0] if words else "", message.lineno)


def _doubled(tree: ast.Module) -> Iterator[Problem]:
    for what, line in doubles(tree):
        yield Problem("Doubled", what, line)
