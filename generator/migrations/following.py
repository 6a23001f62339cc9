"""Steps -> revisions that follow what is there: files that say what they do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from generator.literals import py
from generator.migrations.revision import FIRST, Revision, code, text
from generator.migrations.step import Step
from generator.spec.model import Engine

ID_DIGITS = 12
LONGEST = 60
"""So many characters of what it does make a message."""


def revisions(
    steps: Iterable[Step], engine: Engine, head: str | None
) -> tuple[tuple[str, str], ...]:
    """The path and the text of each revision that makes the steps; the first follows `head`.

    What an id is made of is what the revision does and what it follows, so that the same steps give
    the same bytes, and two branches that change different things have different ids.
    """
    found = []
    for group in _grouped(tuple(steps), engine):
        revision = _identified(_revision(group, head), engine)
        found.append((revision.path, text(revision, engine)))
        head = revision.id
    return tuple(found)


def _grouped(steps: tuple[Step, ...], engine: Engine) -> Iterator[tuple[Step, ...]]:
    """Steps that share a revision: on SQLite, where a migration is one transaction, all of them."""
    groups = groupby(steps, key=lambda step: "" if engine == "sqlite" else step.apart)
    return (tuple(group) for _, group in groups)


def _revision(steps: tuple[Step, ...], down: str | None) -> Revision:
    said = tuple(step.sentence for step in steps if step.sentence)
    return Revision(
        id="",
        down=down,
        message=message(steps),
        details=tuple(_capital(line) + "." for line in said) if len(said) > 1 else (),
        upgrade=tuple(one for step in steps for one in step.upgrade),
        downgrade=tuple(one for step in reversed(steps) for one in step.downgrade),
        notes=tuple(step.note for step in reversed(steps) if step.note),
    )


def message(steps: tuple[Step, ...]) -> str:
    """What the steps do, in a phrase: the first of them by name, and how many more there are."""
    said = [step.sentence for step in steps if step.sentence]
    said = said or [step.title for step in steps if step.title] or [f"change {steps[0].table}"]
    whole = " and ".join(said)
    if len(said) == 1 or len(whole) <= LONGEST:
        return _capital(whole)
    return _capital(f"{said[0]} and {len(said) - 1} more")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _identified(revision: Revision, engine: Engine) -> Revision:
    if revision.down is None:
        return replace(revision, id=FIRST)
    does = [code(one, engine) for one in (revision.upgrade, revision.downgrade)]
    content = py([engine, revision.down, revision.message, *does])
    return replace(revision, id=hashlib.sha256(content.encode()).hexdigest()[:ID_DIGITS])
