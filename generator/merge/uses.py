"""Lines of the person's own that say a name which the spec has renamed: nobody else can mend them.

A rename is carried into what the generator wrote; code of one's own may mean something else by the
same word, so that it is left as it is and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from generator import naming
from generator.merge.endings import lines
from generator.merge.model import Change, Merged, Use
from generator.merge.renames import Rename, Renames, of_kind, rewritten
from generator.merge.sides import Sides
from generator.ownership import policy_of
from generator.tree import Tree

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"(?<=[\"'/])\w+|\w+(?=[\"'/])")
"""A word of a text or a path: one of code that says a resource's name may be the person's own."""
_MEANT = re.compile(rf"{_QUOTED.pattern}|(?<=\.)\w+|\b[A-Z]\w*|(?<=import )\w+")
"""The same, and attributes, classes and what is imported: in a file that no merge has been at."""

IsGone = Callable[[str, str], bool]
"""Whether an old name is no more, and the new one is what it became."""


class Uses:
    """The lines that say old names; `theirs` is the whole new render, which says what is left."""

    def __init__(self, renames: Renames, theirs: Tree) -> None:
        self._renames = renames
        self._theirs = theirs

    def merged(self, path: str, text: str, sides: Sides[str]) -> tuple[Use, ...]:
        """Return the lines of the person's own in a merged text that still say an old name."""
        there = frozenset(_WORD.findall(sides.theirs))
        known = frozenset(
            line.strip() for side in (sides.theirs, sides.base) for line in lines(side)
        )
        return tuple(self._found(path, text, known, _QUOTED, lambda old, _: old not in there))

    def own(self, path: str, text: str, base: str = "") -> tuple[Use, ...]:
        """Return the same of a file that was not merged, `base` being what was generated there."""
        known = frozenset(line.strip() for line in lines(base))
        return tuple(self._found(path, text, known, _MEANT, self._is_gone))

    def _found(
        self,
        path: str,
        text: str,
        known: frozenset[str],
        resources: re.Pattern[str],
        is_gone: IsGone,
    ) -> Iterator[Use]:
        now = rewritten(text, of_kind(self._renames, "resource"))
        about = [rename for rename in self._renames if _is_about(rename, path, now)]
        for number, line in enumerate(lines(text), 1):
            for rename in about if line.strip() not in known else ():
                said = resources if rename.kind == "resource" else _WORD
                for old in dict.fromkeys(said.findall(line)):
                    new = rewritten(old, (rename,))
                    if new != old and is_gone(old, new):
                        yield Use(path=path, line=number, old=old, new=new)

    def _is_gone(self, old: str, new: str) -> bool:
        """Whether the new name is one of the project; a field's old one may still be another's."""
        kinds = {rename.kind for rename in self._renames if rewritten(old, (rename,)) == new}
        return new in self._vocabulary and ("resource" not in kinds or old not in self._vocabulary)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words of the code; what is written once speaks of the past."""
        code = self._theirs.select(_is_code)
        return frozenset(word for text in code.values() for word in _WORD.findall(text))


def with_uses(merged: Merged, base: Tree, own: Tree, uses: Uses) -> Merged:
    """Return a merge with what its untouched files and the person's `own` ones say, reported."""
    quiet = merged.tree.select({c.path for c in merged.changes if _is_unmerged(c)}.__contains__)
    files = {path: text for path, text in quiet.items() if text != base.get(path)}
    pairs = ((path, text) for tree in (files, own) for path, text in tree.items())
    found = (use for path, text in pairs for use in uses.own(path, text, base.get(path, "")))
    return replace(merged, uses=(*merged.uses, *found))


def _is_unmerged(change: Change) -> bool:
    return change.action in {"unchanged", "keep"} and _is_code(change.path)


def _is_code(path: str) -> bool:
    return path.endswith(".py") and policy_of(path) != "once"


def _is_about(rename: Rename, path: str, text: str) -> bool:
    """Whether a file has to do with what was renamed: it says so, or stands among its files."""
    if rename.kind in {"resource", "enum"}:
        return True
    owner = naming.snake(rename.owner)
    words = frozenset(_WORD.findall(f"{path} {text}"))
    return bool(words & {owner, naming.plural(owner), naming.class_name(naming.pascal(owner))})
