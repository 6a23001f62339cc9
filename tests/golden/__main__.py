"""`make golden`: record what each case's spec becomes, and what the pages' commands print."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from generator import pipeline
from generator.project import SPEC, write
from replay import PAGES, replayed

HERE = Path(__file__).parent


def record(case: Path) -> None:
    """Write the project of one case below its `expected/`."""
    text = (case / SPEC).read_text(encoding="utf-8")
    tree = pipeline.generate(pipeline.read(text), text).without([SPEC])
    shutil.rmtree(case / "expected", ignore_errors=True)
    write(tree, case / "expected")


def replay(page: Path) -> None:
    """Run the commands of a page, and write down what they print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        page.write_text(replayed(page.read_text(encoding="utf-8"), home), encoding="utf-8")


if __name__ == "__main__":
    for spec in sorted(HERE.glob(f"*/{SPEC}")):
        record(spec.parent)
    for page in PAGES:
        replay(page)
