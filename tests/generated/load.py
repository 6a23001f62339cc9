"""Load: writers that go on until they are told to stop, and note what they were answered."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from uuid import uuid4

import httpx2

from generated.server import Server

WRITERS = 6
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Row:
    """One that shall be made: its name, which is also the key where it may be asked for again."""

    path: str
    name: str
    is_keyed: bool

    def create(self, client: httpx2.Client) -> httpx2.Response:
        """Ask for it. Raises `TransportError` where nothing is answered."""
        headers = {"Idempotency-Key": self.name} if self.is_keyed else {}
        return client.post(self.path, json={"name": self.name}, headers=headers)


@dataclass(slots=True)
class Load:
    """What came of it."""

    path: str
    created: list[str] = field(default_factory=list)
    """The names of the rows whose creation was answered."""
    unanswered: list[Row] = field(default_factory=list)
    """Rows with keys that were asked for, but never answered with a 201."""
    statuses: Counter[int] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    """Answers that are neither a row, nor a problem that says when to come back."""
    slowest: float = 0.0
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def has_written(self, rows: int) -> bool:
        """Whether so many rows are there."""
        return len(self.created) >= rows

    def note(self, row: Row, answer: httpx2.Response, seconds: float) -> None:
        """Remember an answer."""
        with self.lock:
            self.statuses[answer.status_code] += 1
            self.slowest = max(self.slowest, seconds)
            if answer.status_code == 201:
                self.created.append(answer.json()["name"])
            elif not asks_to_come_back(answer):
                self.odd.append(f"{answer.status_code} {answer.headers} {answer.text}")

    def make(self, row: Row, client: httpx2.Client) -> bool:
        """Ask for a row; whether it was answered that it is there."""
        begun = time.monotonic()
        try:
            answer = row.create(client)
        except httpx2.TransportError:
            self.over.wait(0.01)
            return False
        self.note(row, answer, time.monotonic() - begun)
        return answer.status_code == 201

    def write(self, server: Server, token: str, *, is_keyed: bool) -> None:
        """Make row after row. One with a key is asked for until it is there, any other once."""
        with server.connect(token) as client:
            while not self.over.is_set():
                row = Row(self.path, uuid4().hex, is_keyed)
                is_there = self.make(row, client)
                while is_keyed and not is_there and not self.over.is_set():
                    is_there = self.make(row, client)
                if is_keyed and not is_there:
                    self.unanswered.append(row)


def asks_to_come_back(answer: httpx2.Response) -> bool:
    """Whether it is a 503 as it should be."""
    is_problem = answer.headers.get("content-type") == PROBLEM
    return answer.status_code == 503 and is_problem and "retry-after" in answer.headers


@contextmanager
def under_load(
    server: Server, token: str, path: str = "authors", writers: int = WRITERS
) -> Iterator[Load]:
    """Writers on a service until the end of the block; one that is cut off begins again."""
    load = Load(path)
    threads = [
        Thread(target=load.write, args=(server, token), kwargs={"is_keyed": number % 2 == 0})
        for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.over.set()
        for thread in threads:
            thread.join()
