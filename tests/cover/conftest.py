"""The projects of the cover, each made once a worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from generated.projects import Project, made

from cover.factors import Row
from cover.pages import page


@pytest.fixture(scope="session")
def covered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Row], Project]:
    """Makes the project of a row, once."""
    found: dict[Row, Project] = {}

    def project(row: Row) -> Project:
        if row not in found:
            folder = tmp_path_factory.mktemp("cover") / str(row)
            found[row] = made(str(row), row.engine, page(row), folder)
        return found[row]

    return project


@pytest.fixture
def project(row: Row, covered: Callable[[Row], Project]) -> Project:
    """The project that a step is about."""
    return covered(row)
