"""Load: writers and readers that go on until they are told to stop, and note what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import httpx2

from generated.server import Server

WRITERS = 6


@dataclass(slots=True)
class Load:
    """What came of it: the rows whose creation was answered, and every status."""

    created: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def note(self, answer: httpx2.Response) -> None:
        """Remember an answer."""
        with self.lock:
            self.statuses[answer.status_code] += 1
            if answer.status_code == 201:
                self.created.append(answer.json()["id"])

    def has_written(self, rows: int) -> bool:
        """Whether so many rows are there."""
        return len(self.created) >= rows


@contextmanager
def under_load(server: Server, token: str) -> Iterator[Load]:
    """Writers on a service until the end of the block; one that is cut off begins again."""
    load = Load()
    threads = [Thread(target=write, args=(load, server, token)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.over.set()
        for thread in threads:
            thread.join()


def write(load: Load, server: Server, token: str) -> None:
    """Make author after author."""
    with server.connect(token) as client:
        while not load.over.is_set():
            try:
                load.note(client.post("/authors", json={"name": "Under load"}))
            except httpx2.TransportError:
                load.over.wait(0.01)
