"""The server in front of the application."""

import asyncio
import errno
import gc
import socket
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

import structlog
import uvicorn
from fastapi import FastAPI

from app import logs
from app.connections import Connection
from app.engine import open_database, require_tables
from app.errors import DatabaseUnavailableError
from app.metrics.exporter import export
from app.redis import require_redis
from app.settings import ConfigurationError, Settings, load_settings

COLLECTED = 20_000
"""Objects that come to be, less those that are gone, between two looks for garbage: a few MiB."""

log = structlog.get_logger("app.server")


def add_commands(add: Callable[..., ArgumentParser]) -> None:
    """Tell the command line what there is."""
    command = add("serve", help="serve the API as the settings say")
    command.add_argument(
        "--reload", action="store_true", help="start anew whenever the code changes"
    )
    command.set_defaults(run=serve)


def serve(arguments: Namespace) -> None:
    """Serve until SIGTERM or SIGINT, then finish what has begun.

    Raises `ConfigurationError` where that could not go well.
    """
    settings = load_settings()
    logs.configure(settings)
    require_port(settings)
    asyncio.run(check_database(settings))
    require_redis(settings)
    is_shared = arguments.reload or settings.workers > 1
    export(settings, is_shared=is_shared, process=True)
    uvicorn.run(
        "app.server:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=None if arguments.reload else settings.workers,
        reload=arguments.reload,
        reload_dirs=["app"] if arguments.reload else None,
        http=Connection,
        ws="none",
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        proxy_headers=bool(settings.forwarded_allow_ips),
        forwarded_allow_ips=settings.forwarded_allow_ips,
        access_log=False,
        server_header=False,
        log_config=None,
    )


def application() -> FastAPI:
    """The application as a process of the server runs it.

    What is there by now stays for good, so the garbage collector need not look at it again; and of
    what comes later most is gone with its request, so that it need not look so often.
    """
    gc.disable()
    from app.main import create_app

    app = create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED)
    gc.enable()
    return app


def require_port(settings: Settings) -> None:
    """Raises `ConfigurationError` where the server could not listen, as on a port that is taken."""
    host, port = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "another program listens there" if taken else error.strerror or str(error)
        raise ConfigurationError(
            f"Nothing can be served on {host}, port {port}: {reason}. HOST and PORT name others."
        ) from error


async def check_database(settings: Settings) -> None:
    """Raises `ConfigurationError` where it is not ours to use; one that is away may come back."""
    database = open_database(settings)
    try:
        await require_tables(database)
    except DatabaseUnavailableError:
        log.warning("the database does not answer yet")
    finally:
        await database.engine.dispose()
