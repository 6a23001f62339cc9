"""Hashing that costs next to nothing, for every test but those of the hashing itself."""

from collections.abc import Generator

import pytest


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Generator[None]:
    """Set the lowest cost that Argon2 knows, before any settings are read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PASSWORD_MEMORY_KIB", "8")
        patch.setenv("PASSWORD_PASSES", "1")
        yield
