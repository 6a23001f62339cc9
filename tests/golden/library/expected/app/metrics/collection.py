"""Brings together what one process or several have measured."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry, Metric, ProcessCollector, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.metrics.exporter import FOLDER
from app.metrics.instruments import REGISTRY
from app.settings import Settings

LIVE = re.compile(r"gauge_live[a-z]+_([0-9]+)\.db")
"""A file of what holds only while a process runs."""


def registry(*, is_shared: bool, process: bool) -> CollectorRegistry:
    """Everything that is measured: by the workers, or by this process."""
    if is_shared:
        shared = CollectorRegistry()
        shared.register(Workers(Path(os.environ[FOLDER])))
        return shared
    if process and REGISTRY.get_sample_value("process_start_time_seconds") is None:
        ProcessCollector(registry=REGISTRY)
    return REGISTRY


def start(registry: CollectorRegistry, settings: Settings) -> None:
    """Answer whoever asks, in a thread that ends with the process."""
    start_http_server(settings.metrics_port, settings.metrics_host, registry)


class Workers(Collector):
    """What the workers have written; of those that have ended, what they counted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """Everything, added up."""
        for path in self._folder.iterdir():
            live = LIVE.fullmatch(path.name)
            if live and not is_running(int(live[1])):
                path.unlink()
        found: Iterable[Metric] = MultiProcessCollector(None, self._folder).collect()
        return found


def is_running(process: int) -> bool:
    """Whether a process of ours is there."""
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
