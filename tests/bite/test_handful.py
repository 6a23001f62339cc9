"""A few of the breakages of `make bite`, which the tests of a generated project have to notice."""

from __future__ import annotations

import pytest
from generated.projects import Project, Sample, each_sample

from bite.breakage import Breakage
from bite.projects import bite
from bite.samples import SAMPLES

BOOKSTORE: tuple[Sample, ...] = (("bookstore", "sqlite"),)
WIKI: tuple[Sample, ...] = (("wiki", "sqlite"),)
IN_ANY = (
    "a row is changed whoever owns it",
    "creating a book has no access rule",
    "a refresh token is good twice",
    "the version is not counted",
    "Idempotency-Key is ignored",
    "answers have no security headers",
)
IN_THE_WIKI = (
    "deleted rows are listed",
    "a unique key counts deleted rows",
    "q is ignored",
    "some rows are written though others are refused",
)


def named(sample: str, what: str) -> Breakage:
    every = [one for group in SAMPLES[sample].values() for one in group]
    return next(one for one in every if one.what == what)


@pytest.mark.parametrize("what", IN_ANY)
@each_sample(quick=(), proof=BOOKSTORE)
def test_the_bookstore_notices(project: Project, what: str) -> None:
    assert bite(project.folder, named("bookstore", what)).caught_by is not None


@pytest.mark.parametrize("what", IN_THE_WIKI)
@each_sample(quick=(), proof=WIKI)
def test_the_wiki_notices(project: Project, what: str) -> None:
    assert bite(project.folder, named("wiki", what)).caught_by is not None
