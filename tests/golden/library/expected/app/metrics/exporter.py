"""Shows what is measured on a port of its own, where clients of the API have no business.

Several workers write what they measure into files of one folder, and the process that started them
adds it up for whoever asks.
"""

import atexit
import os
from tempfile import TemporaryDirectory

from app.settings import ConfigurationError, Settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that tells Prometheus's client where the files are, before it is imported."""


def export(settings: Settings, *, is_shared: bool, process: bool) -> None:
    """Show it from now on; `is_shared` where other processes measure, and not this one.

    `process`: show what this process takes, too. Raises `ConfigurationError` where another program
    listens on the port.
    """
    if settings.metrics_port == 0:
        return
    if is_shared:
        share()
    from app.metrics.collection import registry, start

    try:
        start(registry(is_shared=is_shared, process=process), settings)
    except OSError as error:
        where = f"{settings.metrics_host}, port {settings.metrics_port}"
        raise ConfigurationError(
            f"Metrics can't be shown on {where}: {error.strerror}. "
            "METRICS_HOST and METRICS_PORT name others; port 0 shows none."
        ) from error


def share() -> None:
    """Have every process that starts from now on write what it measures into one new folder."""
    folder = TemporaryDirectory(prefix="metrics-")
    atexit.register(folder.cleanup)
    os.environ[FOLDER] = folder.name
