"""What the proof shares: generated projects and their running services, made once a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from generated.cluster import Cluster, Software, cluster
from generated.databases import empty_database, missing
from generated.projects import Project, Sample, generate
from generated.server import Server, admin, migrate, serve, sign_up


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sample], Project]:
    """Makes a sample on an engine, once."""
    made: dict[Sample, Project] = {}

    def project(sample: Sample) -> Project:
        if sample not in made:
            folder = tmp_path_factory.mktemp("generated")
            made[sample] = generate(*sample, folder / "-".join(sample))
        return made[sample]

    return project


@pytest.fixture
def project(request: pytest.FixtureRequest, generated: Callable[[Sample], Project]) -> Project:
    """The generated project that a test is about."""
    return generated(request.param)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Project], Server]]:
    """Starts the service of a project on a migrated database, once."""
    made: dict[Path, Server] = {}
    with ExitStack() as stack:

        def server(project: Project) -> Server:
            if project.folder not in made:
                folder = tmp_path_factory.mktemp("database")
                url = stack.enter_context(empty_database(project.engine, folder))
                migrate(project, url)
                patience = {"DATABASE_TIMEOUT_SECONDS": "30"}  # a busy machine is no fault
                made[project.folder] = stack.enter_context(serve(project, url, **patience))
            return made[project.folder]

        yield server


@pytest.fixture
def server(project: Project, served: Callable[[Project], Server]) -> Server:
    """The running service of the project, which tests share."""
    return served(project)


@pytest.fixture
def database_url(project: Project, tmp_path: Path) -> Iterator[str]:
    """A migrated database for a service of the test's own."""
    with empty_database(project.engine, tmp_path) as url:
        migrate(project, url)
        yield url


@pytest.fixture
def user_token(server: Server) -> str:
    """The access token of a new user."""
    return sign_up(server)


@pytest.fixture
def admin_token(server: Server) -> str:
    """The access token of a new admin."""
    return admin(server)


@pytest.fixture(scope="session")
def clusters() -> Iterator[Callable[[Software], Cluster]]:
    """Servers that a test may freeze, each started once."""
    made: dict[Software, Cluster] = {}
    with ExitStack() as stack:

        def start(engine: Software) -> Cluster:
            if engine not in made:
                try:
                    made[engine] = stack.enter_context(cluster(engine))
                except FileNotFoundError as error:
                    missing(engine, str(error))
            return made[engine]

        yield start


@pytest.fixture
def own_cluster(project: Project, clusters: Callable[[Software], Cluster]) -> Cluster:
    """A server of the project's engine that a test may freeze."""
    return clusters(project.engine)
