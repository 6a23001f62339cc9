"""The engines that the service runs on, each with what it does in its own way."""

from app.backends.base import Backend
from app.backends.sqlite import SQLite

BACKENDS: dict[str, Backend] = {
    "sqlite": SQLite(),
}
"""SQLAlchemy's name of an engine, and what is particular to it."""
