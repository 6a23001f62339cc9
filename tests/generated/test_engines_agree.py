"""The same requests get the same answers on every engine: status, headers, body and order.

A seed decides the requests, so that what was found is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import get_args

import pytest

from generated.agreement.lockstep import play
from generated.agreement.story import story
from generated.databases import empty_database
from generated.projects import NAMES, Project, Sample
from generated.server import Server, migrate, serve
from generator.spec.model import Engine

FEW, MANY = 400, 3000
PATIENCE = "30"
"""Seconds: a busy machine is no difference between engines."""
LEAST_TAKEN = 0.4
"""The share of requests that have to succeed: what is refused says little of an engine."""


def played(name: str, seed: int, count: int, mark: pytest.MarkDecorator) -> object:
    """A parameter: a sample, and the requests that it is asked."""
    return pytest.param(name, seed, count, id=f"{name}-{seed}", marks=mark)


@pytest.fixture
def servers(
    name: str, generated: Callable[[Sample], Project], tmp_path: Path
) -> Iterator[list[Server]]:
    """The service on every engine, each on a database of its own with nothing in it."""
    engines: tuple[Engine, ...] = get_args(Engine)
    with ExitStack() as stack:
        running = []
        for engine in engines:
            project = generated((name, engine))
            url = stack.enter_context(empty_database(engine, tmp_path))
            migrate(project, url)
            patient = serve(project, url, DATABASE_TIMEOUT_SECONDS=PATIENCE)
            running.append(stack.enter_context(patient))
        yield running


@pytest.mark.parametrize(
    ("name", "seed", "count"),
    [
        played("weather", 1, FEW, pytest.mark.proof),
        *(played(name, 2, MANY, pytest.mark.thorough) for name in NAMES),
    ],
)
def test_every_engine_answers_alike(servers: list[Server], seed: int, count: int) -> None:
    turns = []
    for turn in play(servers, seed=seed, count=count):
        turns.append(turn)
        assert not turn.differs, story(turns)
        assert turn.first["status"] < 500, story(turns)
    taken = sum(turn.first["status"] < 300 for turn in turns)
    assert taken > LEAST_TAKEN * len(turns)
