"""What came of one file's merge, judged by the edit made in the new render."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pyflakes.checker import Checker

from simulate.units import Unit, Units, meet, touched, units

Outcome = Literal["merged", "conflict", "false conflict", "lost", "broken"]
MARKS = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( .*)?$", re.M)


@dataclass(frozen=True, slots=True)
class Case:
    """One file to merge; `expected` is the new render with every edit, None where one can't be."""

    path: str
    base: str
    ours: str
    theirs: str
    expected: str | None
    kinds: tuple[str, ...]
    """The kinds of edit in it."""
    changes: tuple[str, ...]
    """The kinds of change of the spec."""
    renamed: Callable[[str], str] = str
    """Base and ours under the names of theirs, where the spec has renamed something."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and what it was seen by."""

    outcome: Outcome
    words: str = ""


def judged(case: Case, text: str, *, conflict: bool) -> Verdict:
    """What a merge is worth: nothing may be lost, and what it calls clean must be whole."""
    if conflict:
        return _conflict(case, text)
    if flaws := _flaws(case, text):
        return Verdict("broken", flaws)
    if case.expected is None:
        lost = _lost_lines(case, text)
        return Verdict("lost", lost) if lost else Verdict("merged")
    return _compared(case, units(case.path, case.expected), units(case.path, text))


def _compared(case: Case, expected: Units, merged: Units) -> Verdict:
    missing, more = _missed(case, expected - merged), _unasked(case, merged - expected)
    if missing:
        return Verdict("lost", f"missing: {_shown(missing)}; more: {_shown(more)}")
    return Verdict("broken", f"more: {_shown(more)}") if more else Verdict("merged")


def _missed(case: Case, missing: Units) -> Units:
    """What is missing, but for imports that nothing uses once every edit is made."""
    idle = _messages(case.expected or "") if case.path.endswith(".py") else Counter()
    return Counter({unit: n for unit, n in missing.items() if _unused(unit) not in idle})


def _unused(unit: Unit) -> str:
    """The message about an import that is not used."""
    place, _ = unit
    return f"UnusedImport {('.'.join(place[1:3]),)}"


def _unasked(case: Case, more: Units) -> Units:
    """What no edit leans on: what this render dropped, or one before it, stays where one does.

    An edit may lean on a thing that leans on the next.
    """
    words = set(Counter(_names(case.ours)) - Counter(_names(case.base)))
    while kept := [unit for unit in more if _is_kept(unit, case, words)]:
        more = Counter({unit: n for unit, n in more.items() if unit not in kept})
        words.update(name for _, code in kept for name in _names(code))
    return more


def _names(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _is_kept(unit: Unit, case: Case, words: Set[str]) -> bool:
    place, _ = unit
    names = {place[0], place[-1]} if place[0] != "import" else {place[2], place[3]}
    known = units(case.path, case.base) | units(case.path, case.ours)
    return unit in known and bool(names & words)


def _conflict(case: Case, text: str) -> Verdict:
    if lost := _lost_lines(case, text):
        return Verdict("lost", f"in a conflict: {lost}")
    base, ours = case.renamed(case.base), case.renamed(case.ours)
    try:
        before = units(case.path, base)
        mine, others = (
            touched(before, units(case.path, ours)),
            touched(before, units(case.path, case.theirs)),
        )
    except SyntaxError:
        return Verdict("conflict")
    return Verdict("conflict") if meet(mine, others) else Verdict("false conflict")


def _lost_lines(case: Case, text: str) -> str:
    """The words of the person's own that are nowhere in the text."""
    ours, base = (Counter(_words(case.renamed(side))) for side in (case.ours, case.base))
    gone = (ours - base) - Counter(_words(text))
    marks = [word for word in gone if re.search(r"mark", word, re.I)]
    return ", ".join(sorted(marks))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.-]+", text)


def _flaws(case: Case, text: str) -> str:
    if MARKS.search(text):
        return "marks in a text that is called clean"
    if not case.path.endswith(".py"):
        return _doubled(case, text)
    known = _messages(case.ours) | _messages(case.renamed(case.ours))
    try:
        new = _messages(text) - known - _messages(case.theirs)
    except SyntaxError as error:
        return f"does not parse: {error}"
    return ", ".join(sorted(new))


def _doubled(case: Case, text: str) -> str:
    counts = Counter(line for line in text.splitlines() if re.search(r"mark", line, re.I))
    known = Counter(case.ours.splitlines())
    return ", ".join(line for line, count in counts.items() if count > max(1, known[line]))


@lru_cache(maxsize=1024)
def _messages(text: str) -> Counter[str]:
    tree = ast.parse(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    messages = Checker(tree).messages
    return Counter(f"{type(m).__name__} {m.message_args[:1]}" for m in messages)


def _shown(found: Units, most: int = 4) -> str:
    return ", ".join(f"{'/'.join(place)}={code}" for place, code in list(found)[:most])


def tally(verdicts: Sequence[Verdict]) -> Counter[str]:
    """How many of each outcome."""
    return Counter(verdict.outcome for verdict in verdicts)
