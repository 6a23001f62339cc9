"""A service behind a pooler: its connections to PostgreSQL are another with each transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from generated.cluster import Cluster, is_required
from generated.databases import database_on
from generated.load import under_load
from generated.projects import Project, each_sample
from generated.server import admin, migrate, serve

from faults.checks import assert_kept
from faults.pooler import find_pooler, pooled
from faults.subjects import SUBJECTS
from generator.spec.model import Engine

LENT, OWN = 2, 8
"""Connections of the pooler to PostgreSQL, and of the service to the pooler."""
ENOUGH = 200
each_pooled = each_sample(quick=(), proof=(("bookstore", "postgresql"),))


@each_pooled
def test_few_connections_are_enough_for_many(
    project: Project, clusters: Callable[[Engine], Cluster]
) -> None:
    require_pooler(project)
    settings = {"DATABASE_POOL_SIZE": str(OWN), "DATABASE_PREPARED_STATEMENTS": "false"}
    rows = SUBJECTS[project.name].rows
    with database_on(clusters(project.engine).url) as url, pooled(url, LENT) as shared:
        migrate(project, url)
        with serve(project, shared, **settings) as server:
            token = admin(replace(server, database_url=url))
            with under_load(server, token, rows, OWN) as load, server.connect(token) as client:
                while not load.has_written(ENOUGH):
                    assert client.get(rows).status_code == 200
            assert load.odd == []
            assert set(load.statuses) == {201}
            assert_kept(load, url)


@each_pooled
def test_whoever_has_not_said_so_is_told_what_the_pooler_refuses(
    project: Project, clusters: Callable[[Engine], Cluster]
) -> None:
    require_pooler(project)
    with database_on(clusters(project.engine).url) as url, pooled(url, LENT) as shared:
        migrate(project, url)
        done = project.python("-m", "app", "serve", variables={"DATABASE_URL": shared})
    assert done.returncode == 2
    assert "unsupported startup parameter" in done.stderr


def require_pooler(project: Project) -> None:
    """Skip where there is none, unless the engine is required: then it is too."""
    if find_pooler() is None:
        assert not is_required(project.engine), "pgbouncer is not on this machine"
        pytest.skip("pgbouncer is not on this machine")
