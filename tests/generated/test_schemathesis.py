"""schemathesis finds nothing: as nobody, as a user and as an admin, by every check it has."""

from __future__ import annotations

import pytest

from generated.projects import PROOF, REPOSITORY, THOROUGH, Sample, each_sample, run
from generated.server import Server, admin, sign_up

CONFIGURATION = "tests/generated/schemathesis.toml"
SLOW: tuple[Sample, ...] = (
    ("minimal", "sqlite"),
    ("helpdesk", "postgresql"),
    ("bookstore", "mariadb"),
)
MORE: tuple[Sample, ...] = (
    ("bookstore", "sqlite"),
    *(one for one in (*PROOF, *THOROUGH) if one not in SLOW),
)
LARGE: tuple[Sample, ...] = (("everything", "postgresql"),)
"""What takes so long to judge by everything that a glance comes first."""
SEED = "20261122"
CALLERS = ("nobody", "user", "admin")


@pytest.mark.parametrize("caller", CALLERS)
@each_sample(quick=(), proof=SLOW, thorough=MORE)
def test_schemathesis_finds_nothing(
    server: Server, caller: str, request: pytest.FixtureRequest
) -> None:
    marks = {mark.name for mark in request.node.iter_markers()}
    judge(server, caller, "--max-examples", "8" if marks & {"proof", "thorough"} else "5")


@pytest.mark.parametrize("caller", CALLERS)
@each_sample(quick=(), proof=(), thorough=LARGE)
def test_schemathesis_finds_nothing_at_a_glance(server: Server, caller: str) -> None:
    judge(server, caller, "--phases", "fuzzing", "--max-examples", "2")


def judge(server: Server, caller: str, *options: str) -> None:
    """Let schemathesis ask, and fail with what it found."""
    arguments = ["-m", "schemathesis.cli", "--no-color", "--config-file", CONFIGURATION]
    document = ["run", f"{server.url}/openapi.json", "--checks", "all", "--seed", SEED]
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
    return ["--header", f"Authorization: Bearer {token}"]
