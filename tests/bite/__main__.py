"""Break generated services in each way, and run their own tests: `make bite`.

Prints a table for each sample. Exits with 1 where fewer than 90 % of the breakages of one are
caught, or where one no longer finds its place in the code.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from bite.breakage import Groups
from bite.projects import Bite, bite, broken, failure, generate, test_files
from bite.report import is_enough, table, totals
from bite.samples import SAMPLES


def main() -> int:
    """Break, test, and print what was caught."""
    asked = arguments()
    results = {}
    for name in asked.samples or SAMPLES:
        groups = chosen(SAMPLES[name], asked.only)
        with TemporaryDirectory() as folder:
            project = whole(name, groups, Path(folder))
            results[name] = told(name, groups, bitten(project, groups, asked.jobs))
    print(*totals(results), sep="\n")
    return int(not all(is_enough(bites) for bites in results.values()))


def arguments() -> Namespace:
    """What the command line asks for."""
    parser = ArgumentParser("python -m bite", description=__doc__)
    parser.add_argument("samples", nargs="*", metavar="SAMPLE", help=", ".join(SAMPLES))
    parser.add_argument("--only", default="", help="those with this text in what they break")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    return parser.parse_args()


def chosen(groups: Groups, only: str) -> Groups:
    """The breakages that a text is found in."""
    found = {
        name: tuple(one for one in group if only in one.what) for name, group in groups.items()
    }
    return {name: group for name, group in found.items() if group}


def whole(name: str, groups: Groups, folder: Path) -> Path:
    """A sample as it is generated. Its tests have to pass before they may bite."""
    project = generate(name, folder)
    breakages = [one for group in groups.values() for one in group]
    if misses := [one.what for one in breakages if broken(project, one) is None]:
        sys.exit("Not found in the code any more:\n  " + "\n  ".join(misses))
    if failed := failure(project, test_files(project)):
        sys.exit(f"{name}: {failed} fails before anything is broken")
    return project


def bitten(project: Path, groups: Groups, jobs: int) -> Iterator[Bite]:
    """What the tests of a project say of each breakage, in order."""
    breakages = [one for group in groups.values() for one in group]
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda one: bite(project, one), breakages)


def told(name: str, groups: Groups, bites: Iterator[Bite]) -> Sequence[Bite]:
    """Every bite, printed as soon as it is known."""
    known = []
    for line, one in table(name, groups, bites):
        print(line, flush=True)
        known += [one] if one else []
    return known


if __name__ == "__main__":
    sys.exit(main())
