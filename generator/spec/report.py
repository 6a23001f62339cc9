"""The collector of one run: where everything in the spec was said, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator import naming
from generator.errors import Problem, printable, quoted
from generator.spec.source import Place, Source

Path = tuple[str | int, ...]
"""Keys and indexes that lead to a value: `("resources", "book", "unique", 0)`."""

NOWHERE = Place(0, 0)
_MOST = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A value, the place of the token that says it, and the path to show for it."""

    value: object
    place: Place
    path: Path


def dotted(path: Path) -> str:
    """The path as people read it: `resources.book.unique[0]`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


@dataclass
class Report:
    """Problems found so far, and the place of every path of the spec.

    A path leads to the token that a problem with it should point at: for a key with a mapping the
    key, else the value. One line's modifiers have the paths that the long form gives them.
    """

    source: Source
    problems: list[Problem] = field(default_factory=list)
    _places: dict[Path, tuple[Place, Path]] = field(default_factory=dict)
    _known: set[Problem] = field(default_factory=set)
    _tokens: set[tuple[int, int]] = field(default_factory=set)

    def put(self, path: Path, place: Place, shown: Path | None = None) -> None:
        """Remembers where the path was said; `shown` is the path that a problem there names."""
        self._places[path] = (place, path if shown is None else shown)

    def said(self, path: Path) -> bool:
        """Whether the spec itself says something at this path, right or wrong."""
        return path in self._places

    def find(self, path: Path) -> tuple[Place, Path]:
        """The place of a path, or of the nearest parent that has one, and the path to show."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, (NOWHERE, ()))

    def at(self, code: str, path: Path, message: str, suggestion: str | None = None) -> None:
        """A problem at the token that says the path."""
        place, shown = self.find(path)
        self.here(code, place, shown, message, suggestion)

    def here(
        self, code: str, place: Place, path: Path, message: str, suggestion: str | None = None
    ) -> None:
        """A problem at a place."""
        line, column = self.source.position(place.start)
        text = self.source.line(line)
        problem = Problem(
            code=code,
            message=message,
            file=self.source.file,
            line=line,
            column=column,
            length=max(1, min(place.end - place.start, len(text) - column + 1)),
            path=dotted(path),
            suggestion=suggestion,
            source_line=text,
        )
        if problem not in self._known:
            self._known.add(problem)
            self._tokens.add((line, column))
            self.problems.append(problem)

    def trouble_at(self, path: Path) -> bool:
        """Whether a problem points at the very token of this path."""
        return self.source.position(self.find(path)[0].start) in self._tokens

    def unknown(self, code: str, said: Said, what: str, words: Sequence[str]) -> None:
        """A word that is none of `words`: says so, with the nearest of them."""
        word = str(said.value)
        near = naming.nearest(word, words)
        tail = "" if near or not words else f"; there is {listed(words)}"
        message = f"no {what} {quoted(word)}{tail}"
        self.here(code, said.place, said.path, message, near)


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`, at most a dozen."""
    shown = [*map(printable, words[:_MOST]), *(["more"] if len(words) > _MOST else [])]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
