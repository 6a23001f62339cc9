"""Structured logs: JSON lines for machines, coloured ones for a developer's terminal."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from app.settings import Settings

SECRETS = frozenset(
    {
        "access_token",
        "api_key",
        "authorization",
        "cookie",
        "current_password",
        "database_url",
        "new_password",
        "password",
        "password_hash",
        "previous_secret_key",
        "refresh_token",
        "secret",
        "secret_key",
        "token",
        "token_hash",
    }
)


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide what must never be read in a log, whoever put it there."""
    for name in SECRETS & event.keys():
        event[name] = "[redacted]"
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    redact,
]


RENDERERS: dict[str, list[Processor]] = {
    "console": [
        structlog.dev.ConsoleRenderer(
            colors=sys.stdout.isatty(),
            # The others, where their libraries are there, show what variables hold: passwords too.
            exception_formatter=structlog.dev.plain_traceback,
        )
    ],
    "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
}


class Lines:
    """Where our own logs go: to standard output, a line at once. `name` is whose they are."""

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, line: str) -> None:
        """Write one line."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    debug = info = warning = error = exception = critical = write


def configure(settings: Settings) -> None:
    """Send our own logs and those of the libraries to standard output, in one form.

    Ours don't pass through `logging`, which takes longer than all that is done to a line here.
    """
    form = settings.log_format or ("console" if sys.stdout.isatty() else "json")
    structlog.configure(
        processors=[*SHARED, *RENDERERS[form]],
        logger_factory=Lines,
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *RENDERERS[form],
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        # The line of each request is ours: uvicorn's own would be a second.
        logging.getLogger(name).propagate = name != "uvicorn.access"
