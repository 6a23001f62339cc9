"""Break a generated bookstore in each way, and run its own tests: `make bite`.

Prints a table. Exits with 1 where fewer than 90 % of the breakages are caught, or where one no
longer finds its place in the code.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bite.breakage import Breakage
from bite.breakages import BREAKAGES

REPOSITORY = Path(__file__).parents[2]
SPEC = REPOSITORY / "sample_specs/bookstore.yaml"
ENOUGH = 0.9
SIDE_BY_SIDE = 2
PYTEST = ["-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]


@dataclass(frozen=True, slots=True)
class Bite:
    """What the tests said of one breakage; `caught_by` is the first test that failed."""

    breakage: Breakage
    caught_by: str | None


def main() -> int:
    """Break, test, and print what was caught."""
    with TemporaryDirectory() as folder:
        project = generated(Path(folder))
        if misses := [one.what for one in BREAKAGES if broken(project, one) is None]:
            print("Not found in the code any more:", *misses, sep="\n  ")
            return 1
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            bites = list(pool.map(lambda one: bite(project, one), BREAKAGES))
    print(*table(bites), sep="\n")
    return int(sum(one.caught_by is not None for one in bites) < ENOUGH * len(bites))


def generated(folder: Path) -> Path:
    """The project, whole: its tests have to pass before they may bite."""
    arguments = ["-m", "generator", "new", str(SPEC), str(folder / "whole"), "--no-git"]
    subprocess.run([sys.executable, *arguments], cwd=REPOSITORY, check=True, capture_output=True)
    assert failure(folder / "whole") is None, "the tests fail before anything is broken"
    return folder / "whole"


def broken(project: Path, breakage: Breakage) -> str | None:
    """The text of the file with the breakage in it, None where its place is not found."""
    text = (project / breakage.path).read_text("utf-8")
    changed, count = re.subn(breakage.found, breakage.instead, text, count=1, flags=re.DOTALL)
    return changed if count and changed != text else None


def bite(project: Path, breakage: Breakage) -> Bite:
    """Run the tests of the project over the breakage, in a copy."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "broken"
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / breakage.path).write_text(broken(project, breakage) or "", "utf-8")
        return Bite(breakage, failure(copy))


def failure(project: Path) -> str | None:
    """The first test of a project that fails, None where all pass."""
    done = subprocess.run(
        [sys.executable, *PYTEST], cwd=project, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return None
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return found[1] if found else "the service does not start"


def table(bites: Sequence[Bite]) -> Iterator[str]:
    """A line for each breakage, and the sum."""
    caught = sum(one.caught_by is not None for one in bites)
    width = max(len(one.breakage.what) for one in bites)
    for one in bites:
        yield f"{one.breakage.what:<{width}}  {one.caught_by or 'NOT CAUGHT'}"
    yield f"\n{caught} of {len(bites)} breakages were caught ({caught / len(bites):.0%})."


if __name__ == "__main__":
    sys.exit(main())
