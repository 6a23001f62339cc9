"""A database for the migrations to build."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def empty_database(folder: Path) -> Generator[str]:
    """The URL of an empty database, a file in the folder."""
    yield f"sqlite+aiosqlite:///{folder / 'migrated.db'}"
