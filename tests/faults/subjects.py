"""The services that are tried, and what is asked of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from generated.projects import BOOKSTORES, Sample, each_sample

ORGANISATIONS: tuple[Sample, ...] = (
    ("organisation", "postgresql"),
    ("organisation", "mariadb"),
)
"""Whose every request asks the database about its caller too."""
NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Subject:
    """Requests that an admin makes of a service."""

    rows: str
    """The table, and the path, of rows that need a name and nothing else."""
    unique: tuple[str, Mapping[str, object], str]
    """Path and body of a creation that goes well once, and the field that is refused then."""
    dangling: tuple[str, Mapping[str, object], str]
    """Path and body of a creation that points at nothing, and the field that does."""


BOOK = {"title": "Lost", "isbn": "9780000000000", "price": "1.00", "author_id": NOBODY}
SUBJECTS = {
    "bookstore": Subject(
        rows="authors",
        unique=("tags", {"name": "once", "label": "Once"}, "name"),
        dangling=("books", BOOK, "author_id"),
    ),
    "organisation": Subject(
        rows="departments",
        unique=("desks", {"label": "once"}, "label"),
        dangling=("employees", {"name": "Ada", "department_id": NOBODY}, "department_id"),
    ),
}


def each_subject() -> pytest.MarkDecorator:
    """Runs a test for the bookstore in the proof, and for others in the longest one."""
    return each_sample(quick=(), proof=BOOKSTORES, thorough=ORGANISATIONS)


def each_subject_thoroughly() -> pytest.MarkDecorator:
    """Runs a test in the longest proof alone."""
    return each_sample(quick=(), proof=(), thorough=(*BOOKSTORES, *ORGANISATIONS))
