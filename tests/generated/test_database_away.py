"""The database goes away: refused, frozen or cut off. The service says so, and heals by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2
import pytest

from generated.cluster import Cluster, free_port, wait_until
from generated.databases import ask, database_on
from generated.load import under_load
from generated.projects import BOOKSTORES, Project, each_sample
from generated.server import Server, admin, migrate, serve

ANSWER_SECONDS = 3.0
HEAL_SECONDS = 5.0
CUT = {
    "postgresql": """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
    """,
    "mariadb": """
        BEGIN NOT ATOMIC
            FOR other IN (
                SELECT id FROM information_schema.processlist
                WHERE id <> connection_id() AND db = database()
            ) DO KILL other.id; END FOR;
        END
    """,
}
"""Ends every connection but the one that says so."""
NOBODY = {
    "postgresql": "postgresql+asyncpg://postgres@127.0.0.1:{}/nothing",
    "mariadb": "mariadb+asyncmy://root@127.0.0.1:{}/nothing",
}
each_server = each_sample(quick=(), proof=BOOKSTORES)


def cut(server: Server) -> None:
    """End every connection of the service."""
    ask(server.database_url, CUT[server.project.engine])


@pytest.fixture
def fragile(project: Project, own_cluster: Cluster) -> Iterator[Server]:
    """Its service, on a server that the test may harm."""
    with database_on(own_cluster.url) as url:
        migrate(project, url)
        with serve(project, url) as server:
            yield server


def assert_away(client: httpx2.Client, method: str, path: str, **rest: object) -> None:
    """The answer of a service whose database is away comes soon, and says when to come back."""
    begun = time.monotonic()
    answer = client.request(method, path, **rest)  # type: ignore[arg-type]
    assert time.monotonic() - begun < ANSWER_SECONDS
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0


def assert_live_and_not_ready(server: Server) -> None:
    with httpx2.Client(base_url=server.url) as client:
        assert client.get("/health/live").status_code == 200
        assert_away(client, "GET", "/health/ready")


@each_sample(quick=BOOKSTORES, proof=())
def test_a_database_that_refuses_is_a_503(project: Project) -> None:
    nobody = NOBODY[project.engine].format(free_port())
    with serve(project, nobody) as server, server.connect() as client:
        assert_live_and_not_ready(server)
        assert_away(client, "GET", "/books")
        credentials = {"email": "a@example.com", "password": "whatever it is"}
        assert_away(client, "POST", "/auth/login", json=credentials)


@each_server
def test_a_frozen_database_is_a_503_and_heals(fragile: Server, own_cluster: Cluster) -> None:
    with fragile.connect(admin(fragile)) as client:
        assert client.post("/authors", json={"name": "Before"}).status_code == 201
        own_cluster.freeze()
        try:
            assert_away(client, "GET", "/authors")
            assert_away(client, "POST", "/authors", json={"name": "During"})
            assert_live_and_not_ready(fragile)
        finally:
            own_cluster.thaw()
        wait_until(lambda: client.get("/authors").status_code == 200, HEAL_SECONDS)
        assert client.post("/authors", json={"name": "After"}).status_code == 201


@each_server
def test_more_requests_than_connections_all_fail_soon_while_it_is_frozen(
    fragile: Server, own_cluster: Cluster
) -> None:
    token = admin(fragile)
    with under_load(fragile, token) as load:
        wait_until(lambda: load.has_written(20), 60)
        own_cluster.freeze()
        try:
            wait_until(lambda: load.statuses[503] >= 12, 4 * ANSWER_SECONDS)
        finally:
            own_cluster.thaw()
        written = len(load.created)
        wait_until(lambda: load.has_written(written + 20), 2 * HEAL_SECONDS)
    assert set(load.statuses) <= {201, 503}


@each_server
def test_connections_that_were_cut_are_replaced(fragile: Server) -> None:
    with fragile.connect(admin(fragile)) as client:
        assert client.get("/authors").status_code == 200
        cut(fragile)
        answers = [client.get("/authors").status_code for _ in range(20)]
    assert answers == [200] * 20


@each_server
def test_a_service_under_load_goes_on_when_its_connections_are_cut(fragile: Server) -> None:
    with under_load(fragile, admin(fragile)) as load:
        for _ in range(3):
            before = len(load.created)
            wait_until(lambda: load.has_written(before + 20), 60)  # noqa: B023 (asked at once)
            cut(fragile)
        written = len(load.created)
        wait_until(lambda: load.has_written(written + 20), HEAL_SECONDS)
    assert set(load.statuses) <= {201, 503}
    with fragile.connect() as client:
        lost = [id_ for id_ in load.created if client.get(f"/authors/{id_}").status_code != 200]
    assert lost == []
