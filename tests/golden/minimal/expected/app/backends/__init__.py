"""The engines that the service runs on, each with what it does in its own way."""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.backends.base import Backend
from app.backends.sqlite import SQLite

BACKENDS: dict[str, Backend] = {
    "sqlite": SQLite(),
}
"""SQLAlchemy's name of an engine, and what is particular to it."""


def with_driver(url: str) -> str:
    """The URL of a database with our driver in it, which may be left out.

    Raises `ValueError` for an engine or a driver that the service doesn't run on.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("is no URL of a database") from None
    engine, _, driver = parsed.drivername.partition("+")
    if engine not in BACKENDS:
        raise ValueError(f"names {engine}, not {' or '.join(BACKENDS)}")
    wanted = BACKENDS[engine].driver
    if driver not in ("", wanted):
        raise ValueError(f"names the driver {driver}, not {wanted}")
    return parsed.set(drivername=f"{engine}+{wanted}").render_as_string(hide_password=False)
