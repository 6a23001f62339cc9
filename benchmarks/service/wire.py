"""The wire between a service and PostgreSQL, on which round trips are counted.

A client of PostgreSQL waits for the server once for each `Query`, `Sync` or `Flush` that it sends
(the frontend/backend protocol, version 3): so many round trips a request takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

WAITS = frozenset(b"QSH")
HEAD = 5
"""Bytes of a message's type and length."""
ENCRYPTION_REQUEST = 8
"""Bytes of the question whether the server speaks TLS, before anything is said."""


@dataclass(slots=True)
class Wire:
    """A port that leads to PostgreSQL, and how often somebody behind it waited."""

    host: str
    server_port: int
    port: int = 0
    round_trips: int = 0

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what both sides say."""
        back, forth = await asyncio.open_connection(self.host, self.server_port)
        with suppress(asyncio.IncompleteReadError, OSError):
            await asyncio.gather(self._ask(reader, forth), self._answer(back, writer))
        forth.close()
        writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what a client says, which begins with messages that have no type."""
        is_started = False
        while not is_started:
            size = await reader.readexactly(4)
            writer.write(size + await reader.readexactly(int.from_bytes(size) - 4))
            is_started = int.from_bytes(size) != ENCRYPTION_REQUEST
        while True:
            head = await reader.readexactly(HEAD)
            writer.write(head + await reader.readexactly(int.from_bytes(head[1:]) - 4))
            self.round_trips += head[0] in WAITS

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while heard := await reader.read(65536):
            writer.write(heard)
        writer.close()


@contextmanager
def tapped(host: str, port: int) -> Iterator[Wire]:
    """A wire to a server until the end of the block; the server has to speak without TLS."""
    wire, loop = Wire(host, port), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(wire.connected, host, 0))
    wire.port = server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
