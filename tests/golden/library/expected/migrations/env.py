"""What Alembic runs: it brings the database that the settings name from revision to revision."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations import MigrationScript
from alembic.util import CommandError
from sqlalchemy import CheckConstraint, Connection
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import TypeDecorator

import app.models  # noqa: F401 (registers every table)
from app.database import Base
from app.settings import ConfigurationError, load_settings
from migrations.checks import CHECK_CONDITIONS, sql
from migrations.engine import exclusively, open_engine, type_text

logger = logging.getLogger("alembic.env")


def database_url() -> str:
    """The URL of the database: the caller's, as in tests, or that of the settings."""
    url: str | None = context.config.attributes.get("database_url")
    try:
        return url or load_settings().database_url.get_secret_value()
    except ConfigurationError as error:
        raise CommandError(str(error)) from error


def configure(**options: Any) -> None:
    """Tell Alembic what to compare, how to print it, and to commit revision by revision."""
    context.configure(
        target_metadata=Base.metadata,
        compare_type=True,
        autogenerate_plugins=["alembic.autogenerate.*", CHECK_CONDITIONS],
        render_item=render_item,
        render_as_batch=database_url().startswith("sqlite"),
        process_revision_directives=leave_out_empty,
        transaction_per_migration=True,
        **options,
    )


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Print what Alembic would print otherwise than it is meant."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return plain_type(item, autogen)
    if kind == "check" and not item._type_bound:
        return check(item, autogen)
    return False


def plain_type(item: TypeDecorator[Any], autogen: AutogenContext) -> str:
    """A column type of the application as the plain type that it is on this engine."""
    plain = DefaultDialect()
    plain.name = autogen.migration_context.dialect.name
    made = item.load_dialect_impl(plain)
    own = type_text(made, autogen.imports)
    return autogen.migration_context.impl.render_type(made, autogen) or own


def check(item: CheckConstraint, autogen: AutogenContext) -> str:
    """A CHECK in whose text no colon starts a parameter."""
    return f"sa.CheckConstraint({sql(item, autogen)!r}, name=op.f({str(item.name)!r}))"


def leave_out_empty(
    _: MigrationContext, _revision: str | Iterable[str | None], scripts: list[MigrationScript]
) -> None:
    """Write no revision where the models and the database agree."""
    asked = getattr(context.config.cmd_opts, "autogenerate", False)
    if asked and all(script.upgrade_ops and script.upgrade_ops.is_empty() for script in scripts):
        scripts.clear()
        logger.info("Nothing to do: the database is what the models say.")


def migrate(connection: Connection) -> None:
    """Run what Alembic was asked for on a connection."""
    with exclusively(connection):
        configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()


async def migrate_online() -> None:
    """Migrate the database itself."""
    engine = open_engine(database_url())
    try:
        async with connected(engine) as connection:
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """A connection. Raises `CommandError`, which Alembic tells in a line, where there is none."""
    connection = engine.connect()
    try:
        await connection.start()
    except (OSError, DBAPIError) as error:
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise CommandError(f"No connection to {engine.url}: {reason}") from error
    try:
        yield connection
    finally:
        await connection.close()


def migrate_offline() -> None:
    """Print the SQL instead of running it (`alembic upgrade head --sql`)."""
    configure(url=database_url(), literal_binds=True, dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()


if context.config.cmd_opts is not None:
    logging.basicConfig(format="%(levelname)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.INFO)
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)

if context.is_offline_mode():
    migrate_offline()
else:
    asyncio.run(migrate_online())
