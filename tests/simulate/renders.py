"""What the generator writes for a spec; made once, and kept in a folder for the next run."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import generator
from generator import pipeline
from generator.errors import ScaffoldError, SpecError
from generator.tree import Tree
from simulate.changes import CHANGES, Renamed
from simulate.specs import Data, copied, text_of

TRIES = 12
SOURCES = Path(generator.__file__).parent


@lru_cache(maxsize=64)
def rendered(text: str) -> Tree:
    """The project of a spec's page. Raises SpecError for a page that is refused."""
    kept = _kept(text)
    if kept.exists():
        return Tree(pickle.loads(kept.read_bytes()))
    tree = pipeline.generate(pipeline.read(text.encode()), text)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        file.write(pickle.dumps(dict(tree)))
    Path(file.name).replace(kept)
    return tree


def _kept(text: str) -> Path:
    word = hashlib.sha256(f"{_version()}\0{text}".encode()).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"scaffold-renders-{os.getuid()}" / word


@lru_cache(maxsize=1)
def _version() -> str:
    """A word for the generator as it is now: its sources but for the merge, and the templates."""
    files = [p for p in SOURCES.rglob("*.py") if "merge" not in p.relative_to(SOURCES).parts]
    files += [p for p in (SOURCES.parent / "templates").rglob("*") if p.is_file()]
    words = hashlib.sha256()
    for path in sorted(files):
        words.update(path.read_bytes())
    return words.hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """A change of the spec that has been rendered."""

    kinds: tuple[str, ...]
    data: Data
    tree: Tree
    renames: Renamed = ()


def changed(data: Data, kinds: Sequence[str], chance: random.Random) -> Step | None:
    """The spec with changes of some kinds, as far as it has what they change; None if nothing."""
    renames: Renamed = ()
    done: list[str] = []
    for kind in kinds:
        for _ in range(TRIES):
            found = copied(data)
            try:
                new = CHANGES[kind](found, chance)
                pipeline.read(text_of(found).encode())
            except (LookupError, SpecError, TypeError, AttributeError):
                continue
            data, renames = found, (*renames, *new)
            done.append(kind)
            break
    try:
        return Step(tuple(done), data, rendered(text_of(data)), renames) if done else None
    except ScaffoldError:
        return None
