"""Brokers of events that may be stopped, and what has come to each: read with their own clients."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import aio_pika
import nats as nats_client
from aiokafka import AIOKafkaConsumer  # type: ignore[import-untyped]
from generated.cluster import Cluster, Software, cluster
from generated.databases import missing
from redis.asyncio import Redis

ResultT = TypeVar("ResultT")
SERVICE = "library"
ADDRESS = f"{SERVICE}.events"
RECORDER = "recorder"
QUIET_SECONDS = 2.0
"""Once nothing has come for so long, all has come."""
MOCK = """
import sys
from confluent_kafka import Producer
producer = Producer({"bootstrap.servers": "-:1", "test.mock.num.brokers": 1, "log_level": 0})
(broker,) = producer.list_topics(timeout=10).brokers.values()
print(f"{broker.host}:{broker.port}", flush=True)
sys.stdin.read()
"""
"""A cluster of one broker that speaks the protocol of Kafka: that of librdkafka, for its tests."""


class Arrival(NamedTuple):
    """Something that has come."""

    place: str
    """Where: what AsyncAPI calls the address."""
    event: dict[str, Any]


class Outage(Protocol):
    """A broker that may be away for a while."""

    def begin(self) -> None:
        """It goes away."""

    def end(self) -> None:
        """It is there again, with all that it had."""


class Broker(NamedTuple):
    """A running broker."""

    settings: Mapping[str, str]
    """How a service is told of it."""
    outage: Outage
    listen: Callable[[], None]
    """Begin to record."""
    arrived: Callable[[], list[Arrival]]
    """All that has come, in order."""


class Crash:
    """A server that is killed, and started again."""

    def __init__(self, server: Cluster) -> None:
        self._server = server

    def begin(self) -> None:
        """Kill it."""
        self._server.crash()

    def end(self) -> None:
        """Start it again."""
        self._server.start()


class Pause:
    """A process that is stopped, and goes on: one that loses everything when it ends."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def begin(self) -> None:
        """Stop it."""
        self._process.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)


@contextmanager
def server(software: Software) -> Iterator[Cluster]:
    """A server of a test's own."""
    try:
        with cluster(software) as found:
            yield found
    except FileNotFoundError as error:
        missing(software, str(error))


@contextmanager
def rabbitmq() -> Iterator[Broker]:
    """A RabbitMQ of one node."""
    with server("rabbitmq") as found:

        async def listen() -> None:
            async with await aio_pika.connect(found.url) as connection:
                channel = await connection.channel()
                exchange = await channel.declare_exchange(ADDRESS, "topic", durable=True)
                queue = await channel.declare_queue(RECORDER, durable=True)
                await queue.bind(exchange, "#")

        async def arrived() -> list[Arrival]:
            async with await aio_pika.connect(found.url) as connection:
                channel = await connection.channel()
                queue = await channel.declare_queue(RECORDER, durable=True)
                came = []
                while (message := await queue.get(fail=False)) is not None:
                    assert message.content_type == "application/cloudevents+json"
                    assert message.delivery_mode == aio_pika.DeliveryMode.PERSISTENT
                    event = json.loads(message.body)
                    assert message.message_id == event["id"]
                    came.append(Arrival(str(message.routing_key), event))
                return came

        settings = {"RABBITMQ_URL": found.url}
        yield Broker(settings, Crash(found), ended(listen), ended(arrived))


@contextmanager
def nats() -> Iterator[Broker]:
    """A NATS with JetStream."""
    with server("nats") as found:

        async def arrived() -> list[Arrival]:
            connection = await nats_client.connect(found.url)
            stream = connection.jetstream()
            listener = await stream.subscribe(f"{ADDRESS}.>", ordered_consumer=True)
            came = []
            while (message := await soon(listener.next_msg(QUIET_SECONDS))) is not None:
                event = json.loads(message.data)
                assert (message.headers or {})["Nats-Msg-Id"] == event["id"]
                came.append(Arrival(message.subject, event))
            await connection.close()
            return came

        settings = {"NATS_URL": found.url}
        yield Broker(settings, Crash(found), ended(nothing), ended(arrived))


@contextmanager
def redis() -> Iterator[Broker]:
    """A Redis that writes down what it has."""
    with server("streams") as found:

        async def arrived() -> list[Arrival]:
            async with Redis.from_url(found.url) as connection:
                entries: list[Any] = await connection.xrange(ADDRESS) or []
            return [Arrival(ADDRESS, json.loads(fields[b"__data__"])) for _, fields in entries]

        settings = {"EVENTS_REDIS_URL": found.url}
        yield Broker(settings, Crash(found), ended(nothing), ended(arrived))


@contextmanager
def kafka() -> Iterator[Broker]:
    """What speaks the protocol of Kafka, in memory."""
    with mock() as process:
        address = process.stdout.readline().strip() if process.stdout else ""
        assert address

        async def arrived() -> list[Arrival]:
            listener = AIOKafkaConsumer(
                ADDRESS, bootstrap_servers=address, auto_offset_reset="earliest", group_id=None
            )
            await listener.start()
            came = []
            while (message := await soon(listener.getone())) is not None:
                event = json.loads(message.value)
                assert message.key.decode() == event["partitionkey"]
                assert ("content-type", b"application/cloudevents+json") in message.headers
                came.append(Arrival(message.topic, event))
            await listener.stop()
            return came

        settings = {"KAFKA_SERVERS": address}
        yield Broker(settings, Pause(process), ended(nothing), ended(arrived))


@contextmanager
def kafka_for_tests(folder: Path) -> Iterator[dict[str, str]]:
    """A Kafka for a project's tests, by the variable that names it; where it needs one."""
    if "kafka_servers:" not in (folder / "app/settings.py").read_text("utf-8"):
        yield {}
        return
    with kafka() as broker:
        yield {"TEST_KAFKA_SERVERS": broker.settings["KAFKA_SERVERS"]}


@contextmanager
def mock() -> Iterator[subprocess.Popen[str]]:
    """The process of a cluster in memory."""
    command = [sys.executable, "-c", MOCK]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null, text=True) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()


async def nothing() -> None:
    """A broker that keeps what nobody has asked for yet needs no asking."""


async def soon(awaited: Any) -> Any:
    """What is awaited, or None where it doesn't come soon."""
    try:
        return await asyncio.wait_for(awaited, QUIET_SECONDS)
    except TimeoutError:
        return None


def ended(step: Callable[[], Coroutine[Any, Any, ResultT]]) -> Callable[[], ResultT]:
    """It as a function that runs it to its end."""
    return lambda: asyncio.run(step())


BROKERS = {"rabbitmq": rabbitmq, "nats": nats, "redis": redis, "kafka": kafka}
"""The kinds of the feature."""
