"""A database for the migrations to build."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

INDEXES = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
"""What the database says of its indexes."""


@contextmanager
def empty_database(folder: Path) -> Generator[str]:
    """The URL of an empty database, a file in the folder."""
    yield f"sqlite+aiosqlite:///{folder / 'migrated.db'}"
