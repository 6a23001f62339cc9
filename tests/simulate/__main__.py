"""`python -m simulate 10000` merges so many files, and prints what came of them."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from simulate.run import Judged, history

COLUMNS = ("merged", "conflict", "false conflict", "lost", "broken")


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate; the status is 1 where an edit was lost or a clean merge was broken."""
    parser = argparse.ArgumentParser(prog="simulate", description=__doc__)
    parser.add_argument("merges", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the texts of what went wrong")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("--kinds", action="store_true", help="tell the kinds of edit apart")
    options = parser.parse_args(arguments)
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    cases = itertools.islice(_cases(options.seed, options.jobs), options.merges)
    for number, found in enumerate(cases):
        ours[found.verdict.outcome] += 1
        if found.git:
            theirs[found.git.outcome] += 1
        for kind in found.case.kinds:
            by_kind[kind][found.verdict.outcome] += 1
            by_kind[kind][f"git {found.git.outcome}" if found.git else "renamed"] += 1
        if found.verdict.outcome not in {"merged", "conflict"}:
            _tell(found, number, options.keep)
    _print_totals(ours, theirs)
    if options.kinds:
        _print_kinds(by_kind)
    return 1 if ours["lost"] or ours["broken"] else 0


def _cases(seed: int, jobs: int) -> Iterator[Judged]:
    """The cases of all histories in their order, the same ones however many processes there are."""
    with ProcessPoolExecutor(jobs) as pool:
        for first in itertools.count(step=jobs):
            numbers = range(first, first + jobs)
            for found in pool.map(_history, itertools.repeat(seed), numbers):
                yield from found


def _history(seed: int, number: int) -> list[Judged]:
    """A history's cases without what can't be sent to another process."""
    return [replace(one, case=replace(one.case, renamed=str)) for one in history(seed, number)]


def _tell(found: Judged, number: int, keep: Path | None) -> None:
    case = found.case
    print(f"{number} {found.verdict.outcome}: {case.path}: {found.verdict.words}")
    print(f"    edits {', '.join(case.kinds)}; changes {', '.join(case.changes)}", flush=True)
    if keep:
        folder = keep / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        texts = {"base": case.base, "ours": case.ours, "theirs": case.theirs, "merged": found.text}
        for name, text in {**texts, "expected": case.expected or ""}.items():
            (folder / f"{name}{Path(case.path).suffix}").write_bytes(text.encode())
        (folder / "path").write_text(case.path)


def _print_totals(ours: Counter[str], theirs: Counter[str]) -> None:
    print(f"{'':12}{'merges':>8}" + "".join(f"{name:>16}" for name in COLUMNS))
    for name, counts in (("scaffold", ours), ("git", theirs)):
        print(_line(name, counts, COLUMNS))


def _print_kinds(by_kind: dict[str, Counter[str]]) -> None:
    columns = (*COLUMNS, "git conflict", "git false conflict", "git lost", "git broken")
    print(f"\n{'kind of edit':32}{'merges':>8}" + "".join(f"{name:>19}" for name in columns))
    for kind, counts in sorted(by_kind.items()):
        print(_line(kind, counts, columns, width=32, cell=19))


def _line(
    name: str, counts: Counter[str], columns: Iterable[str], width: int = 12, cell: int = 16
) -> str:
    total = sum(counts[outcome] for outcome in COLUMNS)
    return f"{name:{width}}{total:>8}" + "".join(f"{counts[c]:>{cell}}" for c in columns)


if __name__ == "__main__":
    sys.exit(main())
