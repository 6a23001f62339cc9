"""Settings of every test. This file also puts `tests/` on the path, for `strategies`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = ["generated.fixtures"]

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("default")
