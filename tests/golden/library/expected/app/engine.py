"""Makes the engine that the settings name, and sees whether the service can work on it."""

from collections.abc import Callable

from sqlalchemy import make_url, select
from sqlalchemy.exc import DBAPIError

from app.backends import BACKENDS
from app.database import Database
from app.models import MODELS
from app.settings import ConfigurationError, Settings

LAYERS: list[Callable[[Database, Settings], Database]] = []
"""What every statement passes before it reaches the database, from the inside out."""


def open_database(settings: Settings) -> Database:
    """The database that the settings name; connections are opened when first needed.

    They are in autocommit: a read pays for no BEGIN and no ROLLBACK. What a failed statement was
    given stays out of its error, and so out of the log.
    """
    url = make_url(settings.database_url.get_secret_value())
    backend = BACKENDS[url.get_backend_name()]
    engine = backend.create_engine(url, settings)
    fast_path = backend.fast_path(engine, settings)
    database = Database(engine, settings.database_timeout_seconds, fast_path)
    for layer in LAYERS:
        database = layer(database, settings)
    return database


async def require_tables(database: Database) -> None:
    """Raises `ConfigurationError` where the database refuses us or has not been migrated.

    Raises `DatabaseUnavailableError` where it is away, which may pass.
    """
    try:
        await database.ping()
    except DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        raise ConfigurationError(f"DATABASE_URL can't be used: {reason}") from error
    table = ""
    try:
        for model in MODELS:
            table = model.__tablename__
            await database.one(select(1).select_from(model.__table__).limit(0))
    except DBAPIError as error:
        raise ConfigurationError(
            f"The database has no table {table}: bring it up to date with `make migrate`."
        ) from error
