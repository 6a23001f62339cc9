"""The event loop and the connections are looked at while the service runs."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlalchemy import QueuePool, create_engine

from app.main import LIFESPANS
from app.metrics import sampling
from app.metrics.instruments import LAG, REGISTRY


def connections(state: str) -> float | None:
    return REGISTRY.get_sample_value("database_connections", {"state": state})


async def test_the_lag_is_measured(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "INTERVAL_SECONDS", 0.0)
    LAG.set(-1)
    async with sampling.sample(app):
        for _ in range(100):
            await asyncio.sleep(0)
    assert REGISTRY.get_sample_value("event_loop_lag_seconds") != -1


def test_it_is_measured_for_as_long_as_the_service_runs() -> None:
    assert sampling.sample in LIFESPANS


def test_connections_are_counted() -> None:
    engine = create_engine("sqlite://", poolclass=QueuePool, pool_size=3)
    with engine.connect():
        sampling.look_at(engine.pool)
        assert (connections("used"), connections("idle")) == (1, 0)
    sampling.look_at(engine.pool)
    assert (connections("used"), connections("idle")) == (0, 1)
    assert REGISTRY.get_sample_value("database_connections_max") == 3
    engine.dispose()
