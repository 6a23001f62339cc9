"""A service ends without losing what it has answered."""

from __future__ import annotations

import signal
import time

from generated.cluster import wait_until
from generated.load import under_load
from generated.projects import Project, each_bookstore
from generated.server import admin, serve

EXIT_SECONDS = 5.0
ENDED = {0, -signal.SIGTERM}
"""How a process may end that was asked to: by itself, or, when all is done, of that signal."""
ROWS = 60


@each_bookstore()
def test_every_answered_write_survives_a_sigterm_under_load(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url) as server:
        token = admin(server)
        with under_load(server, token) as load:
            wait_until(lambda: load.has_written(ROWS), 60)
            begun = time.monotonic()
            status = server.terminate()
            took = time.monotonic() - begun
    assert took < EXIT_SECONDS
    assert status in ENDED, server.log.read_text("utf-8")[-2000:]
    assert set(load.statuses) <= {201, 503}

    with serve(project, database_url) as server, server.connect() as client:
        lost = [id_ for id_ in load.created if client.get(f"/authors/{id_}").status_code != 200]
    assert lost == []
