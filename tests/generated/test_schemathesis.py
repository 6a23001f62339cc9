"""schemathesis finds nothing: as nobody, as a user and as an admin, by every check it has."""

from __future__ import annotations

import pytest

from generated.judge import CALLERS, judge
from generated.projects import PROOF, THOROUGH, Sample, each_sample
from generated.server import Server

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


@pytest.mark.parametrize("caller", CALLERS)
@each_sample(quick=(), proof=SLOW, thorough=MORE)
def test_schemathesis_finds_nothing(
    server: Server, caller: str, request: pytest.FixtureRequest
) -> None:
    is_thorough = request.node.get_closest_marker("thorough") is not None
    judge(server, caller, "--max-examples", "8" if is_thorough else "4")


@pytest.mark.parametrize("caller", CALLERS)
@each_sample(quick=(), proof=(), thorough=LARGE)
def test_schemathesis_finds_nothing_at_a_glance(server: Server, caller: str) -> None:
    judge(server, caller, "--phases", "fuzzing", "--max-examples", "2")
