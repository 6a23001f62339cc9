"""Histories of a project: edits by hand and changes of its spec, in turns, each synced.

Renders are shared: one history of specs is gone through with several sets of edits.
"""

from __future__ import annotations

import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count, pairwise
from pathlib import Path

from generator.merge import Merged, merge, merger, moves
from generator.tree import Tree
from simulate import python_edits, resource_changes, resource_edits, text_edits
from simulate.changes import CHANGES, Renamed
from simulate.edits import KINDS, Edit, edit
from simulate.imports import absent
from simulate.renders import Step, changed, rendered
from simulate.specs import NAMES, sample, text_of
from simulate.verdicts import Case, Verdict, judged

REGISTERED = (python_edits, resource_changes, resource_edits, text_edits)
"""The modules whose import makes the kinds of edit and of change known."""

SYNCS = 5
"""How often a history syncs."""
PEOPLE = 6
"""How many sets of edits go through one history of specs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, what the merge made of it, and what plain `git merge-file` did."""

    case: Case
    verdict: Verdict
    text: str
    git: Verdict | None


@dataclass(slots=True)
class Person:
    """Somebody's project: what is in it, and the edits that it holds."""

    tree: Tree
    chance: random.Random
    edits: list[Edit] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    number: int = 0

    def work(self, kinds: Sequence[str]) -> None:
        """Make an edit of each kind that the project has a place for."""
        for name in kinds:
            self.number += 1
            found = edit(self.tree, name, self.chance, self.number)
            if found is not None:
                text = found.made(self.tree[found.path])
                self.tree = self.tree.with_files({found.path: text})
                self.edits.append(found)

    def delete(self) -> None:
        """Delete a file that nothing imports."""
        found = [p for p in self.tree if re.fullmatch(r"tests/(resources/)?test_\w+\.py", p)]
        path = self.chance.choice(found)
        self.gone.add(path)
        self.tree = self.tree.without([path])
        self.edits = [known for known in self.edits if known.path != path]

    def expected(self, path: str, theirs: str) -> str | None:
        """The new render of a file with every edit of it, None where one has lost its anchor."""
        for known in self.edits:
            if known.path == path:
                try:
                    theirs = known.made(theirs)
                except (LookupError, SyntaxError):
                    return None
        return theirs


def histories(seed: int) -> Iterator[Judged]:
    """Cases without end, the same for the same seed."""
    return chain.from_iterable(history(seed, number) for number in count())


def history(seed: int, number: int) -> Iterator[Judged]:
    """The cases of one history of specs, as each of several people lives through it."""
    steps = _steps(number, random.Random(f"{seed} {number}"))
    for person in range(PEOPLE):
        yield from _lived(steps, random.Random(f"{seed} {number} {person}"))


def _steps(round_: int, chance: random.Random) -> list[Step]:
    """One history of specs: over all histories every kind of change has its turn."""
    data = sample(NAMES[round_ % len(NAMES)])
    steps = [Step((), data, rendered(text_of(data)))]
    order = random.Random(round_ // len(NAMES)).sample(sorted(CHANGES), len(CHANGES))
    kinds = order[round_ % len(NAMES) :: len(NAMES)]
    while len(steps) <= SYNCS:
        size = chance.choice((1, 1, 2, 3))
        wanted = [kinds.pop() if kinds else chance.choice(sorted(CHANGES)) for _ in range(size)]
        if step := changed(steps[-1].data, wanted, chance):
            steps.append(step)
    return steps


def _lived(steps: Sequence[Step], chance: random.Random) -> Iterator[Judged]:
    person = Person(steps[0].tree, chance)
    for before, after in pairwise(steps):
        person.work([chance.choice(sorted(KINDS)) for _ in range(chance.choice((4, 8, 14)))])
        if chance.random() < 0.1:
            person.delete()
        yield from synced(person, before.tree, after)


def synced(person: Person, base: Tree, step: Step) -> Iterator[Judged]:
    """Sync a project to a new render, judge what both sides changed, and go on from there."""
    theirs, ours = step.tree, person.tree
    moved = moves(base, theirs, step.renames)
    rename = renaming(step.renames)
    file = merger(base, ours, theirs, renames=step.renames)
    merged = merge(base, ours, theirs, file=file, moves=moved)
    back = {new: old for old, new in moved.items()}
    person.edits = [
        known.called(_known_in(theirs[rename(known.path)], rename))
        if rename(known.path) in theirs
        else known
        for known in person.edits
    ]
    conflicts = {conflict.path for conflict in merged.conflicts}
    for path in sorted(theirs):
        case = _case(person, path, (base, ours, theirs), back.get(path, path), step)
        if case is not None:
            text = merged.tree[path]
            verdict = judged(case, text, conflict=path in conflicts)
            if verdict.outcome == "merged":
                verdict = _connected(path, merged.tree, ours, verdict)
            if verdict.outcome == "false conflict" and _leans_on_what_is_gone(case, theirs, base):
                verdict = Verdict("conflict")
            yield Judged(case, verdict, text, None if step.renames else _git(case))
    _check_settled(theirs, merged, ours)
    person.tree = _settled(person, merged, theirs, conflicts)
    assert not person.gone & set(merged.tree), "a deleted file came back"


def _known_in(text: str, rename: Callable[[str], str]) -> Callable[[str], str]:
    """The same, but for a name that is still in the file and would become one that is not."""
    words = _words(text)

    def renamed(name: str) -> str:
        now = rename(name)
        return name if name in words and now not in words else now

    return renamed


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def _connected(path: str, after: Tree, before: Tree, verdict: Verdict) -> Verdict:
    """Broken where a file imports what the project has no more."""
    lost = absent(after[path], after) - absent(after[path], before)
    return Verdict("broken", f"imports {', '.join(sorted(lost))}") if lost else verdict


def _leans_on_what_is_gone(case: Case, theirs: Tree, base: Tree) -> bool:
    """Whether what the person wrote imports what the project has no more."""
    if not case.path.endswith(".py"):
        return False
    return bool(absent(case.renamed(case.ours), theirs) - absent(case.ours, base))


def _case(
    person: Person, path: str, trees: tuple[Tree, Tree, Tree], old: str, step: Step
) -> Case | None:
    """The merge of a file that both sides have and changed, None for any other."""
    base, ours, theirs = trees
    if old not in base or old not in ours or ours[old] == base[old] or base[old] == theirs[path]:
        return None
    if path.startswith("migrations/versions") or path == "service.yaml":
        return None
    kinds = tuple(dict.fromkeys(known.kind.name for known in person.edits if known.path == path))
    return Case(
        path=path,
        base=base[old],
        ours=ours[old],
        theirs=theirs[path],
        expected=person.expected(path, theirs[path]),
        kinds=kinds,
        changes=step.kinds,
        renamed=renaming(step.renames),
    )


def _settled(person: Person, merged: Merged, theirs: Tree, conflicts: set[str]) -> Tree:
    """The project after the person has settled what conflicts there were: the spec's way."""
    settled = {path: theirs[path] for path in conflicts if path in theirs}
    person.edits = [
        known for known in person.edits if known.path not in conflicts and known.path in theirs
    ]
    return merged.tree.without(conflicts - set(settled)).with_files(settled)


def _check_settled(theirs: Tree, merged: Merged, ours: Tree) -> None:
    """A second sync, with nothing new on either side, changes nothing."""
    again = merge(theirs, merged.tree, theirs)
    assert again.tree == merged.tree
    wrong = [c for c in again.changes if c.action not in {"unchanged", "keep"}]
    assert not wrong, wrong
    assert not again.conflicts or ours


def renaming(renames: Renamed) -> Callable[[str], str]:
    """Names after a rename, by nothing but words; an independent and coarser idea of it."""
    pairs = [pair for rename in renames for pair in rename.pairs]

    def rename(text: str) -> str:
        for old, new in pairs:
            text = re.sub(rf"(?<![A-Za-z0-9]){old}(?![A-Za-z0-9])", new, text)
            big, now = (word.title().replace("_", "") for word in (old, new))
            text = re.sub(rf"(?<![A-Z]){big}(?![a-z0-9])", now, text)
            text = re.sub(rf"(?<![A-Za-z0-9]){old.upper()}(?![A-Za-z0-9])", new.upper(), text)
        return text

    return rename if pairs else str


def _git(case: Case) -> Verdict:
    """What `git merge-file` makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (case.ours, case.base, case.theirs), strict=True):
            path.write_bytes(text.encode())
        words = ["git", "merge-file", "--diff3", "-p", *map(str, paths)]
        done = subprocess.run(words, capture_output=True, check=False)
    return judged(case, done.stdout.decode(), conflict=done.returncode > 0)
