"""The database goes away: refused, stopped, frozen or cut off. The service says so, and heals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from generated.cluster import Cluster, free_port, wait_until
from generated.load import under_load
from generated.projects import BOOKSTORES, Project, each_sample
from generated.server import serve

from faults.checks import (
    assert_away,
    assert_kept,
    assert_live_and_not_ready,
    assert_no_row_is_made,
    heals,
)
from faults.conftest import POOL, Fragile
from faults.connections import cut
from faults.promises import ANSWER_SECONDS, HEAL_SECONDS
from faults.subjects import each_subject, each_subject_thoroughly

ROWS = 20
"""How many are written before something happens, and after it."""
NOBODY = {
    "postgresql": "postgresql+asyncpg://postgres@127.0.0.1:{}/nothing",
    "mariadb": "mariadb+asyncmy://root@127.0.0.1:{}/nothing",
}


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    """A server that ends in good order, and is started after the block."""
    cluster.stop()
    try:
        yield
    finally:
        cluster.start()


@contextmanager
def crashed(cluster: Cluster) -> Iterator[None]:
    """A server that ends at once, and is started after the block."""
    cluster.crash()
    try:
        yield
    finally:
        cluster.start()


@contextmanager
def frozen(cluster: Cluster) -> Iterator[None]:
    """A server whose processes do nothing until the block ends."""
    cluster.freeze()
    try:
        yield
    finally:
        cluster.thaw()


Way = Callable[[Cluster], AbstractContextManager[None]]
each_way = pytest.mark.parametrize("away", [stopped, frozen])


@each_sample(quick=BOOKSTORES, proof=())
def test_a_database_that_refuses_is_a_503(project: Project) -> None:
    nobody = NOBODY[project.engine].format(free_port())
    with serve(project, nobody) as server, server.connect() as client:
        assert_live_and_not_ready(server)
        assert_away(client, "GET", "/books")
        credentials = {"email": "a@example.com", "password": "whatever it is"}
        assert_away(client, "POST", "/auth/login", json=credentials)


@each_way
@each_subject()
def test_a_database_that_is_away_is_a_503_and_heals(fragile: Fragile, away: Way) -> None:
    rows = fragile.subject.rows
    with fragile.server.connect(fragile.token) as client:
        assert client.get(rows).status_code == 200
        with away(fragile.cluster):
            assert_away(client, "GET", rows)
            assert_no_row_is_made(client, rows)
            assert_live_and_not_ready(fragile.server)
    heals(fragile)


@each_way
@each_subject()
def test_more_requests_than_connections_all_fail_soon_while_it_is_away(
    fragile: Fragile, away: Way
) -> None:
    with under_load(fragile.server, fragile.token, fragile.subject.rows) as load:
        wait_until(lambda: load.has_written(ROWS), 60)
        with away(fragile.cluster):
            wait_until(lambda: load.statuses[503] >= 3 * POOL, 4 * ANSWER_SECONDS)
            assert_live_and_not_ready(fragile.server)
        written = len(load.created)
        wait_until(lambda: load.has_written(written + ROWS), 2 * HEAL_SECONDS)
    assert load.odd == []
    assert load.slowest < ANSWER_SECONDS
    heals(fragile)
    assert_kept(load, fragile.server.database_url)


@each_subject()
def test_a_service_under_load_goes_on_when_its_database_is_started_again(fragile: Fragile) -> None:
    assert_started_again(fragile, stopped)


@each_subject_thoroughly()
def test_a_service_under_load_goes_on_when_its_database_has_crashed(fragile: Fragile) -> None:
    assert_started_again(fragile, crashed)


def assert_started_again(fragile: Fragile, away: Way) -> None:
    """The service goes on by itself, and nothing is lost that it has answered."""
    with under_load(fragile.server, fragile.token, fragile.subject.rows) as load:
        wait_until(lambda: load.has_written(ROWS), 60)
        with away(fragile.cluster):
            pass
        written = len(load.created)
        wait_until(lambda: load.has_written(written + ROWS), HEAL_SECONDS)
    assert load.odd == []
    heals(fragile)
    assert_kept(load, fragile.server.database_url)


@each_subject()
def test_connections_that_were_cut_are_replaced(fragile: Fragile) -> None:
    with fragile.server.connect(fragile.token) as client:
        assert client.get(fragile.subject.rows).status_code == 200
        cut(fragile.server.database_url)
        answers = [client.get(fragile.subject.rows).status_code for _ in range(2 * POOL)]
    assert answers == [200] * 2 * POOL


@each_subject()
def test_a_service_under_load_goes_on_when_its_connections_are_cut(fragile: Fragile) -> None:
    with under_load(fragile.server, fragile.token, fragile.subject.rows) as load:
        for _ in range(3):
            before = len(load.created)
            wait_until(lambda: load.has_written(before + ROWS), HEAL_SECONDS)  # noqa: B023
            cut(fragile.server.database_url)
        written = len(load.created)
        wait_until(lambda: load.has_written(written + ROWS), HEAL_SECONDS)
    assert load.odd == []
    heals(fragile)
    assert_kept(load, fragile.server.database_url)
