"""Seeding on the command line: `python -m app seed --rows 1000`."""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError

from app.database import Database
from app.engine import open_database, require_tables
from app.errors import DatabaseUnavailableError
from app.settings import Settings, load_settings

ROWS = 50
HOUR = 3600.0
"""Seconds that the rows may take: far more than a request gets."""


def add_commands(add: Callable[..., ArgumentParser]) -> None:
    """Tell the command line what there is."""
    command = add("seed", help="add rows to develop and to measure with")
    command.add_argument(
        "--rows",
        type=counted,
        default=ROWS,
        metavar="N",
        help=f"so many rows of each resource; {ROWS} if unsaid",
    )
    command.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="the same number makes the same rows on empty tables, another number others",
    )
    command.add_argument(
        "--yes-in-production",
        action="store_true",
        help="do it where ENVIRONMENT is production, too",
    )
    command.set_defaults(run=seed)


def counted(text: str) -> int:
    """A number of rows."""
    if not (text.isdecimal() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no number of rows")
    return int(text)


def seed(arguments: Namespace) -> None:
    """Fill the database, or exit with a word on why not."""
    settings = load_settings()
    if settings.environment == "production" and not arguments.yes_in_production:
        sys.exit("This is production: add --yes-in-production where you mean it.")
    try:
        asyncio.run(fill_database(settings, arguments.rows, arguments.seed))
    except DatabaseUnavailableError as error:
        sys.exit(str(error))
    except DBAPIError as error:
        sys.exit(f"The database refused a row, so none was added: {error.orig}")
    except KeyboardInterrupt:
        sys.exit("Stopped; no row was added.")


async def fill_database(settings: Settings, rows: int, seed: int) -> None:
    """Seed what the settings name."""
    from app.main import create_app
    from app.seeding.fill import fill
    from app.seeding.order import NOTES, TABLES

    create_app(settings)  # which sets up what columns need
    async with closing(open_database(settings)) as database:
        await require_tables(database)
    patient = settings.model_copy(update={"database_timeout_seconds": HOUR})
    async with closing(open_database(patient)) as database:
        await fill(database, TABLES, rows, seed, say)
    for note in NOTES:
        say(note())


@asynccontextmanager
async def closing(database: Database) -> AsyncGenerator[Database]:
    """A database, and no connection to it after the block."""
    try:
        yield database
    finally:
        await database.engine.dispose()


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
