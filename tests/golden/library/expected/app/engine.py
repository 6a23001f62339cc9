"""Makes the engine that the settings name."""

from sqlalchemy import make_url

from app.backends import BACKENDS
from app.database import Database
from app.settings import Settings


def open_database(settings: Settings) -> Database:
    """The database that the settings name; connections are opened when first needed.

    They are in autocommit: a read pays for no BEGIN and no ROLLBACK. What a failed statement was
    given stays out of its error, and so out of the log. Raises `ValueError` for an engine that
    the service doesn't run on.
    """
    url = make_url(settings.database_url.get_secret_value())
    backend = BACKENDS.get(url.get_backend_name())
    if backend is None:
        raise ValueError(
            f"DATABASE_URL names {url.get_backend_name()}, not {' or '.join(BACKENDS)}"
        )
    return Database(backend.create_engine(url, settings), settings.database_timeout_seconds)
