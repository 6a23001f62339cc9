"""What the spec calls by another name than before, and the names that follow from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator import naming

Kind = Literal["resource", "field", "relation", "enum", "member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """One thing of the spec under its `old` name and its `new` one, as the spec writes them."""

    kind: Kind
    old: str
    new: str
    owner: str = ""
    """The resource, or of a member the enum, that has it, by its present name."""
    old_plural: str = ""
    new_plural: str = ""
    """The plurals of a resource, where its spec names them; else they follow from its names."""

    def __str__(self) -> str:
        """The rename in words."""
        return f"renames the {self.kind} {self.old} to {self.new}"

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every name in snake case that may have become another: the plural first."""
        one = (naming.snake(self.old), naming.snake(self.new))
        if self.kind != "resource":
            return (one,)
        many = (
            self.old_plural or naming.plural(self.old),
            self.new_plural or naming.plural(self.new),
        )
        return (many, one)


Renames = tuple[Rename, ...]


def _human(name: str) -> str:
    return name.replace("_", " ")


def _headed(name: str) -> str:
    return _human(name).title()


FORMS: tuple[tuple[Callable[[str], str], str], ...] = (
    (str, r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"),
    (naming.camel, r"(?<![A-Za-z0-9]){}(?![a-z0-9])"),
    (naming.pascal, r"(?<![A-Z]){}(?![a-z0-9])"),
    (str.upper, r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"),
    (naming.dashed, r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"),
    (_human, r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"),
    (naming.title, r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"),
    (_headed, r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"),
)
"""How a name in snake case is written in code and prose, and where such a word begins and ends."""


@lru_cache(maxsize=64)
def forms(renames: Renames) -> Mapping[str, str]:
    """Return each way that an old name is written, and what it became; resources come first."""
    found: dict[str, str] = {}
    for old, new in _pairs(renames):
        for form, _ in FORMS:
            found.setdefault(form(old), form(new))
    for rename in renames:
        if rename.kind == "member":
            found.setdefault(rename.old, rename.new)
    return found


@lru_cache(maxsize=64)
def new_names(renames: Renames) -> frozenset[str]:
    """Return the new names in every way that they are written."""
    exact = {rename.new for rename in renames if rename.kind == "member"}
    return frozenset({form(new) for _, new in _pairs(renames) for form, _ in FORMS} | exact)


@lru_cache(maxsize=64)
def pattern(renames: Renames) -> re.Pattern[str]:
    """Return what finds an old name, however it is written; the longest one first."""
    words = {form(old): place for old, _ in _pairs(renames) for form, place in reversed(FORMS)}
    exact = {rename.old: r"(?<!\w){}(?!\w)" for rename in renames if rename.kind == "member"}
    every = {**exact, **words}
    longest = sorted(every, key=lambda word: (-len(word), word))
    return re.compile("|".join(every[word].format(re.escape(word)) for word in longest) or r"(?!)")


def rewritten(text: str, renames: Renames) -> str:
    """Return a text with every word of an old name changed to the new one."""
    known = forms(renames)
    return pattern(renames).sub(lambda match: known[match[0]], text)


def moves(base: Iterable[str], theirs: Iterable[str], renames: Renames) -> dict[str, str]:
    """Return where the files of renamed resources go: old path to new path."""
    before, after = frozenset(base), frozenset(theirs)
    resources = of_kind(renames, "resource")
    pairs = ((path, rewritten(path, resources)) for path in sorted(before - after))
    return {old: new for old, new in pairs if new in after - before}


def of_kind(renames: Renames, *kinds: Kind) -> Renames:
    """Return the renames of some kinds."""
    return tuple(rename for rename in renames if rename.kind in kinds)


def _pairs(renames: Sequence[Rename]) -> Iterator[tuple[str, str]]:
    for rename in sorted(renames, key=lambda r: r.kind != "resource"):
        yield from rename.pairs
