"""Settings of every test. This file also puts `tests/` on the path, for `strategies`."""

from __future__ import annotations

import pytest
from generated.scheduling import BySample
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

pytest_plugins = ["generated.fixtures", "cover.report"]

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("default")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BySample:
    """How tests are spread over the workers, where there are any."""
    return BySample(config, log)
