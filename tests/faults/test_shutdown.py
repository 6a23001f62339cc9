"""A service ends, asked to or not, without losing what it has answered."""

from __future__ import annotations

import signal
import time

from generated.cluster import wait_until
from generated.load import Load, under_load
from generated.projects import Project, each_bookstore
from generated.server import Server, admin, serve

from faults.checks import assert_kept, stored
from faults.promises import EXIT_SECONDS

ENDED = {0, -signal.SIGTERM}
"""How a process may end that was asked to: by itself, or, when all is done, of that signal."""
ROWS = 60
PATH = "authors"


@each_bookstore()
def test_every_answered_write_survives_a_sigterm_under_load(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url) as server:
        token = admin(server)
        with under_load(server, token, PATH) as load:
            wait_until(lambda: load.has_written(ROWS), 60)
            begun = time.monotonic()
            status = server.terminate()
            took = time.monotonic() - begun
    assert took < EXIT_SECONDS
    assert status in ENDED, server.log.read_text("utf-8")[-2000:]
    assert load.odd == []
    assert_asked_again_makes_nothing_twice(load, server, token)


@each_bookstore()
def test_every_answered_write_survives_a_sigkill_under_load(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url) as server:
        token = admin(server)
        with under_load(server, token, PATH) as load:
            wait_until(lambda: load.has_written(ROWS), 60)
            server.process.kill()
            server.process.wait()
    assert load.odd == []
    assert_asked_again_makes_nothing_twice(load, server, token)


def assert_asked_again_makes_nothing_twice(load: Load, ended: Server, token: str) -> None:
    """The next process of the service makes what the one before didn't, and nothing else."""
    project, url = ended.project, ended.database_url
    assert_kept(load, url)
    assert load.unanswered
    with (
        serve(project, url, SECRET_KEY=ended.secret_key) as server,
        server.connect(token) as client,
    ):
        answers = [row.create(client) for row in load.unanswered]
    assert {answer.status_code for answer in answers} == {201}
    assert_kept(load, url)
    assert {row.name for row in load.unanswered} <= stored(url, PATH).keys()
