"""More is asked of a service than it can do: it says so at once, and does the rest as ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

import httpx2
from generated.cluster import Cluster, wait_until
from generated.databases import database_on
from generated.load import under_load
from generated.projects import Project
from generated.server import Server, admin, migrate, serve

from faults.checks import assert_kept
from faults.conftest import POOL
from faults.promises import ANSWER_SECONDS
from faults.subjects import SUBJECTS, each_subject
from generator.spec.model import Engine

MOST = 2 * POOL
"""Requests at a time."""
WRITERS = 6 * MOST
ENOUGH = 100


@each_subject()
def test_what_is_too_much_is_told_to_come_later_and_the_rest_is_done(
    project: Project, clusters: Callable[[Engine], Cluster]
) -> None:
    rows = SUBJECTS[project.name].rows
    settings = {"DATABASE_POOL_SIZE": str(POOL), "MAX_REQUESTS": str(MOST)}
    with database_on(clusters(project.engine).url) as url:
        migrate(project, url)
        with serve(project, url, **settings) as server:
            token = admin(server)
            with under_load(server, token, rows, WRITERS) as load:
                wait_until(lambda: load.statuses[503] >= ENOUGH and load.has_written(ENOUGH), 60)
                waits = [until_live(server) for _ in range(MOST)]
            with server.connect(token) as client:
                answers = [client.post(rows, json={"name": uuid4().hex}) for _ in range(MOST)]
            assert max(waits) < ANSWER_SECONDS
            assert load.odd == []
            assert [answer.status_code for answer in answers] == [201] * MOST
            assert_kept(load, url)


def until_live(server: Server) -> float:
    """How long the service takes to say that it lives, in seconds."""
    begun = time.monotonic()
    assert httpx2.get(f"{server.url}/health/live").status_code == 200
    return time.monotonic() - begun
