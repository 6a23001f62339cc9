"""Services on database servers that a test may harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from generated.cluster import Cluster
from generated.databases import database_on
from generated.projects import Project
from generated.server import Server, admin, migrate, serve

from faults.subjects import SUBJECTS, Subject
from generator.spec.model import Engine

POOL = 4
"""Connections that the service may have: fewer than there are writers."""


@dataclass(frozen=True, slots=True)
class Fragile:
    """A service with an admin, on a server that the test may harm."""

    server: Server
    cluster: Cluster
    subject: Subject
    token: str


@pytest.fixture(scope="session")
def fragiles(clusters: Callable[[Engine], Cluster]) -> Iterator[Callable[[Project], Fragile]]:
    """Starts the service of a project once: it has to outlive every fault."""
    made: dict[Path, Fragile] = {}
    with ExitStack() as stack:

        def start(project: Project) -> Fragile:
            if project.folder not in made:
                own = clusters(project.engine)
                url = stack.enter_context(database_on(own.url))
                migrate(project, url)
                server = stack.enter_context(serve(project, url, DATABASE_POOL_SIZE=str(POOL)))
                token, subject = admin(server), SUBJECTS[project.name]
                made[project.folder] = Fragile(server, own, subject, token)
            return made[project.folder]

        yield start


@pytest.fixture
def fragile(project: Project, fragiles: Callable[[Project], Fragile]) -> Fragile:
    """The running service of the project, and the server that the test may harm."""
    return fragiles(project)
