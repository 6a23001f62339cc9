"""A collector of traces: takes OTLP over HTTP, and can be slow, hang or refuse."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span as WireSpan

SERVER, CLIENT = WireSpan.SPAN_KIND_SERVER, WireSpan.SPAN_KIND_CLIENT
ERROR = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A span as it was sent."""

    name: str
    kind: int
    trace: str
    id: str
    parent: str
    status: int
    attributes: Mapping[str, str | int]
    started: int
    ended: int

    @property
    def system(self) -> str:
        """What it was a call to, if it was one."""
        return str(self.attributes.get("db.system.name", ""))


@dataclass(slots=True)
class Collector:
    """What has been sent, and how the next one is treated who sends something."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    """Everything that was taken, as bytes of protobuf."""
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    go_on: threading.Event = field(default_factory=threading.Event)
    """Nobody is answered before it is set."""

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        """Take something, or don't: the status of the answer."""
        self.go_on.wait()
        if self.status < 300:
            self.headers.append(headers)
            self.bodies.append(body)
        return self.status

    @property
    def spans(self) -> list[Span]:
        """Every span that was taken, by its beginning."""
        requests = map(ExportTraceServiceRequest.FromString, list(self.bodies))
        groups = (group for one in requests for every in one.resource_spans for group in [every])
        found = [span for group in groups for scope in group.scope_spans for span in scope.spans]
        return sorted(map(read, found), key=lambda span: span.started)

    @property
    def resources(self) -> list[dict[str, str | int]]:
        """What each batch says of the process that it is from."""
        requests = map(ExportTraceServiceRequest.FromString, list(self.bodies))
        return [values(one.resource.attributes) for each in requests for one in each.resource_spans]

    def forget(self) -> None:
        """Be as if nothing had been sent."""
        self.bodies.clear()
        self.headers.clear()


def read(span: WireSpan) -> Span:
    """A span of the wire."""
    return Span(
        span.name,
        span.kind,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        span.status.code,
        values(span.attributes),
        span.start_time_unix_nano,
        span.end_time_unix_nano,
    )


def values(attributes: Iterator[KeyValue]) -> dict[str, str | int]:
    """Attributes by their names; those that are here are texts and whole numbers."""
    pairs = ((one.key, one.value) for one in attributes)
    return {key: value.string_value or value.int_value for key, value in pairs}


@contextmanager
def collecting(port: int = 0) -> Iterator[Collector]:
    """A collector that runs."""
    collector = Collector()
    collector.go_on.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            assert self.path == "/v1/traces", self.path
            self.send_response(collector.take(body, dict(self.headers.items())))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """It has nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    collector.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield collector
    finally:
        collector.go_on.set()
        server.shutdown()
        server.server_close()


@contextmanager
def collector_for_tests(folder: Path) -> Iterator[dict[str, str]]:
    """A collector for a project's tests, by the variable that names it; where it has traces."""
    if not (folder / "app/tracing").exists():
        yield {}
        return
    with collecting() as collector:
        yield {"TEST_OTLP_URL": collector.url}
