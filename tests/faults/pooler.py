"""PgBouncer before a PostgreSQL: a connection of the server is lent for a transaction at a time."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from generated.cluster import KINDS, free_port, ordinary_user, wait_until

PROGRAM = "pgbouncer"
START_SECONDS = 10
END_SECONDS = 10
SETTINGS = """
[databases]
* = host={host} port={server_port} user={user}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {lent}
max_client_conn = 100
"""


def find_pooler() -> str | None:
    """The program, which Debian keeps where only root looks for it."""
    return shutil.which(PROGRAM, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


@contextmanager
def pooled(url: str, lent: int) -> Iterator[str]:
    """A URL that leads to the same database over `lent` connections, until the end of the block."""
    server, port = urlsplit(url), free_port()
    folder = Path(tempfile.mkdtemp(prefix="scaffold-pooler-"))
    user = ordinary_user(KINDS["postgresql"], folder)
    page = folder / "pgbouncer.ini"
    page.write_text(
        SETTINGS.format(
            host=server.hostname,
            server_port=server.port,
            user=server.username,
            port=port,
            lent=lent,
        )
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [find_pooler() or PROGRAM, str(page)], user=user, stdout=log, stderr=log
        )
    try:
        wait_until(lambda: is_listening(port), START_SECONDS)
        yield url.replace(f":{server.port}/", f":{port}/")
    finally:
        process.kill()
        process.wait(END_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def is_listening(port: int) -> bool:
    """Whether somebody answers at a port of this machine."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
