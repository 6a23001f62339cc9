"""The migrations of a generated project, both ways."""

from __future__ import annotations

from generated.databases import tables
from generated.projects import Project


def go_both_ways(project: Project, url: str) -> None:
    """They go up, say what the models say, go down to nothing, and up again."""
    for command in (("upgrade", "head"), ("check",), ("downgrade", "base")):
        alembic(project, url, *command)
    assert tables(url) == {"alembic_version"}
    for command in (("upgrade", "head"), ("check",)):
        alembic(project, url, *command)


def alembic(project: Project, url: str, *command: str) -> None:
    """One command of Alembic's, on a database."""
    project.must("-m", "alembic", *command, DATABASE_URL=url)
