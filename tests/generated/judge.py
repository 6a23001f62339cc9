"""schemathesis, which judges a running service by every check it has."""

from __future__ import annotations

import pytest

from generated.projects import REPOSITORY, run
from generated.server import Server, admin, sign_up

CONFIGURATION = "tests/generated/schemathesis.toml"
SEED = "20261122"
CALLERS = ("nobody", "user", "admin")


def judge(server: Server, caller: str, *options: str) -> None:
    """Let schemathesis ask, and fail with what it found.

    It makes all of its checks unless the configuration says otherwise of an operation, which a word
    on the command line would overrule.
    """
    arguments = ["-m", "schemathesis.cli", "--no-color", "--config-file", CONFIGURATION]
    document = ["run", f"{server.url}/openapi.json", "--seed", SEED]
    known = authorization(server, caller)
    done = run([*arguments, *document, *options, *known], REPOSITORY, {})
    assert done.returncode == 0, done.stdout + done.stderr


def authorization(server: Server, caller: str) -> list[str]:
    """The options that make the caller known."""
    if caller == "nobody":
        return []
    if server.project.is_open:
        pytest.skip("nobody signs in to an open service")
    token = sign_up(server) if caller == "user" else admin(server)
    headers = server.credentials(token).items()
    return [word for name, text in headers for word in ("--header", f"{name}: {text}")]
