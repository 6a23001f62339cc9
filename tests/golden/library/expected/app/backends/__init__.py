"""The engines that the service runs on, each with what it does in its own way."""

from app.backends.base import Backend
from app.backends.postgresql import PostgreSQL
from app.backends.sqlite import SQLite

BACKENDS: dict[str, Backend] = {
    "sqlite": SQLite(),
    "postgresql": PostgreSQL(),
}
"""SQLAlchemy's name of an engine, and what is particular to it."""
