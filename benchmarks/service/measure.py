"""Measures services in turns: each operation on each of them, in rounds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import httpx2

from service.load import Pace, Round, run
from service.operations import Operation, text
from service.rows import Account, driver_url, more_items
from service.subjects import Running, running
from service.wire import tapped

FRESH_A_SECOND = 8000
"""Rows that are made for each second in which rows are used up: more than any service takes."""
TRIES = 3
"""How often a round is begun."""
WARM, ASKED = 5, 4
"""Requests before round trips are counted, by when each statement is prepared; and while."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one operation takes on one service: the median of the rounds."""

    cost: float
    """Microseconds of a core for each request."""
    rate: float
    """Requests a second."""
    p50: float
    p99: float
    """Milliseconds."""
    round_trips: float
    """How often a request waits for the database."""


Figures = dict[str, dict[str, Figure]]
"""By operation and service."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What services are measured with: the rows of an account on a server, at a pace."""

    account: Account
    url: str
    folder: Path
    pace: Pace

    def measure(self, services: Sequence[Running], operations: Sequence[Operation]) -> Figures:
        """Measure each operation on each service; the services take turns."""
        return {
            operation.name: {
                service.subject.name: figure(rounds, self.round_trips(service, operation))
                for service, rounds in self._in_turns(services, operation)
            }
            for operation in operations
        }

    def costs(self, service: Running, operations: Sequence[Operation]) -> dict[str, Round]:
        """The median round, by cost, of each operation on one service that is measured alone."""
        return {
            operation.name: sorted(self._all_rounds(service, operation), key=attrgetter("cost"))[
                self.pace.rounds // 2
            ]
            for operation in operations
        }

    def round_trips(self, service: Running, operation: Operation) -> float:
        """How often a request waits for PostgreSQL, asked of another process of the service."""
        server = urlsplit(driver_url(self.url))
        with tapped("127.0.0.1", server.port or 5432) as wire:
            behind = self.url.replace(f":{server.port}/", f":{wire.port}/")
            with running(service.subject, behind, self.folder) as tried:
                tried.headers = service.headers
                paths = self._paths(operation, service, WARM + ASKED)
                with httpx2.Client(base_url=tried.url, headers=tried.headers) as client:
                    self._ask(client, operation, paths[:WARM])
                    before = wire.round_trips
                    self._ask(client, operation, paths[-ASKED:])
                return (wire.round_trips - before) / len(paths[-ASKED:])

    def _in_turns(
        self, services: Sequence[Running], operation: Operation
    ) -> Iterator[tuple[Running, list[Round]]]:
        rounds: dict[str, list[Round]] = {service.subject.name: [] for service in services}
        for _ in range(self.pace.rounds):
            for service in services:
                rounds[service.subject.name].append(self.round(service, operation))
        for service in services:
            yield service, rounds[service.subject.name]

    def _all_rounds(self, service: Running, operation: Operation) -> list[Round]:
        return [self.round(service, operation) for _ in range(self.pace.rounds)]

    def round(self, service: Running, operation: Operation) -> Round:
        """One round in which nothing was refused: that would cost less.

        Raises `SystemExit` where something is, time after time.
        """
        for _ in range(TRIES):
            done = self.once(service, operation)
            if not (done.refused or done.broken):
                return done
            told = f"{done.refused} refused, {done.broken} without an answer; once more"
            print(f"{operation.name} on {service.subject.name}: {told}", file=sys.stderr)
        raise SystemExit(f"{operation.name} on {service.subject.name} can't be measured")

    def once(self, service: Running, operation: Operation) -> Round:
        """One round, whatever was refused in it."""
        paths = self.folder / "paths"
        count = FRESH_A_SECOND * self.pace.seconds
        paths.write_text("\n".join(self._paths(operation, service, count)))
        return run(service, operation, self.account, paths, self.pace)

    def _paths(self, operation: Operation, service: Running, count: int) -> Sequence[str]:
        """What is asked for; rows that requests use up are made for them."""
        if not operation.uses_up:
            return operation.paths(service, self.account)
        made = more_items(driver_url(self.url), self.account.id, count)
        return [f"/api/v1/items/{item}" for item in made]

    def _ask(self, client: httpx2.Client, operation: Operation, paths: Sequence[str]) -> None:
        for path in paths:
            body = text(operation, self.account) or None
            headers = {"Content-Type": "application/json"} if body else {}
            answer = client.request(operation.method, path, content=body, headers=headers)
            answer.raise_for_status()


def figure(rounds: Sequence[Round], round_trips: float) -> Figure:
    """The medians of some rounds."""
    return Figure(
        cost=median(one.cost for one in rounds),
        rate=median(one.rate for one in rounds),
        p50=median(one.p50 for one in rounds),
        p99=median(one.p99 for one in rounds),
        round_trips=round_trips,
    )
