"""The server in front of the application."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

import uvicorn

from app.middleware import MAX_HEADER_BYTES
from app.settings import load_settings


def add_commands(add: Callable[..., ArgumentParser]) -> None:
    """Tell the command line what there is."""
    command = add("serve", help="serve the API as the settings say")
    command.add_argument(
        "--reload", action="store_true", help="start anew whenever the code changes"
    )
    command.set_defaults(run=serve)


def serve(arguments: Namespace) -> None:
    """Serve until SIGTERM or SIGINT, then finish what has begun.

    Whose `X-Forwarded-For` is believed says FORWARDED_ALLOW_IPS, which uvicorn reads.
    """
    settings = load_settings()
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=None if arguments.reload else settings.workers,
        reload=arguments.reload,
        reload_dirs=["app"] if arguments.reload else None,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        h11_max_incomplete_event_size=2 * MAX_HEADER_BYTES,
        access_log=False,
        server_header=False,
        log_config=None,
    )
