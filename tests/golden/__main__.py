"""`make golden`: record what each case's spec becomes, and drop what it no longer does."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import pipeline
from generator.project import SPEC, write

HERE = Path(__file__).parent


def record(case: Path) -> None:
    """Write the project of one case below its `expected/`."""
    text = (case / SPEC).read_text(encoding="utf-8")
    tree = pipeline.generate(pipeline.read(text), text).without([SPEC])
    shutil.rmtree(case / "expected", ignore_errors=True)
    write(tree, case / "expected")


if __name__ == "__main__":
    for spec in sorted(HERE.glob(f"*/{SPEC}")):
        record(spec.parent)
