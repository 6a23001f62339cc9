"""A generated project proves itself: its own tests pass, and its migrations go both ways."""

from __future__ import annotations

import re
from pathlib import Path

from features.outside import outside

from generated.databases import empty_database
from generated.migrations import go_both_ways
from generated.projects import NAMES, Project, Sample, each_sample

QUICK: tuple[Sample, ...] = (("bookstore", "sqlite"),)
SMALL: tuple[Sample, ...] = (("minimal", "sqlite"), ("weather", "sqlite"))
SLOW: tuple[Sample, ...] = (
    ("helpdesk", "sqlite"),
    ("everything", "sqlite"),
    ("organisation", "sqlite"),
    ("wiki", "sqlite"),
    ("awkward", "sqlite"),
    ("bookstore", "postgresql"),
)
SERVERS: tuple[Sample, ...] = (
    ("helpdesk", "postgresql"),
    ("bookstore", "mariadb"),
)
ON_SERVERS: tuple[Sample, ...] = (
    *((name, "postgresql") for name in NAMES),
    *((name, "mariadb") for name in NAMES),
)
MORE = tuple(one for one in ON_SERVERS if one not in SERVERS)


@each_sample(quick=QUICK, proof=SMALL, thorough=(("shop", "sqlite"), *SLOW))
def test_its_own_tests_pass(project: Project) -> None:
    said = project.must("-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider")
    assert re.search(r"^\d+ passed", said.splitlines()[-1]), said


@each_sample(quick=(), proof=SERVERS, thorough=MORE)
def test_its_own_tests_pass_on_its_engine(project: Project, tmp_path: Path) -> None:
    arguments = ["-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    # Its workers name their databases after this one; other projects are tested beside it.
    with empty_database(project.engine, tmp_path) as url, outside(project) as shared:
        said = project.must(*arguments, TEST_DATABASE_URL=url, **shared)
    assert "skipped" not in said


@each_sample()
def test_migrations_go_up_and_down_and_up(project: Project, tmp_path: Path) -> None:
    with empty_database(project.engine, tmp_path) as url:
        go_both_ways(project, url)
