"""Traces arrive whole, with the statements that the database saw and nobody's data."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from generated.cluster import Cluster, Software
from generated.databases import ask, database_on, empty_database
from generated.projects import Project, made
from generated.server import Server, migrate, serve, sign_up

from features.collector import CLIENT, ERROR, SERVER, Collector, Span, collecting
from generator.spec.model import Engine

SPEC = """
scaffold: 1
service: {{name: traced}}
database: {engine}
features: {features}
resources:
  tag:
    fields:
      name: string(1..50) unique
    access: {{read: public, write: authenticated}}
"""
SERVERS = tuple(pytest.param(one, marks=pytest.mark.proof) for one in ("postgresql", "mariadb"))
ENGINES = (pytest.param("sqlite", marks=pytest.mark.proof), *SERVERS)
MARK = "mark-of-ada"
PASSWORD = f"correct horse {MARK}"
CALLER, CALLERS_SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
AT_THE_END = {"OTEL_BSP_SCHEDULE_DELAY": "3600000"}
"""Nothing is sent before it has to be."""
OPERATIONS = ("SELECT", "INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Engine, str], Project]:
    """Projects with traces, by their engine and features, each made once."""
    known: dict[tuple[Engine, str], Project] = {}

    def project(engine: Engine, features: str) -> Project:
        if (engine, features) not in known:
            spec = SPEC.format(engine=engine, features=features)
            folder = tmp_path_factory.mktemp("traced") / "project"
            known[engine, features] = made("traced", engine, spec, folder)
        return known[engine, features]

    return project


@pytest.fixture
def traced(projects: Callable[[Engine, str], Project], request: pytest.FixtureRequest) -> Project:
    """A project with traces, on an engine."""
    return projects(request.param, "{tracing: opentelemetry}")


@contextmanager
def running(
    project: Project, database: AbstractContextManager[str], **settings: str
) -> Iterator[tuple[Server, Collector]]:
    """The service on an empty database, and the collector that it sends its traces to."""
    with collecting() as collector, database as url:
        migrate(project, url)
        where = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
        with serve(project, url, **where, **settings) as server:
            yield server, collector


def use(server: Server, token: str, number: int) -> None:
    """Five requests, each over a connection of its own: two that write, one of them in vain."""
    for method, path, status in (
        ("post", "/tags", 201),
        ("post", "/tags", 409),
        ("get", f"/tags?name=tag-{number}", 200),
        ("get", "/users/me", 200),
        ("get", "/no/such/path", 404),
    ):
        body = {"name": f"tag-{number}"} if method == "post" else None
        with server.connect(token) as client:
            assert client.request(method, path, json=body).status_code == status


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("traced", ENGINES, indirect=True)
def test_every_trace_arrives_whole_at_the_end(
    traced: Project, workers: int, tmp_path: Path
) -> None:
    settings, database = (
        AT_THE_END | {"WORKERS": str(workers)},
        empty_database(traced.engine, tmp_path),
    )
    with running(traced, database, **settings) as (server, collector):
        token = sign_up(server)
        for number in range(10):
            use(server, token, number)
        assert collector.bodies == []
        server.terminate()
    spans = collector.spans
    requests = [span for span in spans if span.kind == SERVER]
    assert len(requests) == len({span.trace for span in requests}) == 2 + 50
    assert {span.parent for span in requests} == {""}
    assert_whole(spans, requests)
    codes = Counter(span.attributes["http.response.status_code"] for span in requests)
    assert codes == {201: 11, 409: 10, 200: 21, 404: 10}
    assert len({one["service.instance.id"] for one in collector.resources}) == workers
    assert logged_traces(server) >= {span.trace for span in requests}


def assert_whole(spans: list[Span], requests: list[Span]) -> None:
    """Each call is a part of a request that is there, and within its time."""
    known = {(span.trace, span.id): span for span in requests}
    calls = [span for span in spans if span.kind == CLIENT]
    assert len(calls) + len(requests) == len(spans)
    assert calls
    for call in calls:
        request = known[call.trace, call.parent]
        assert request.started <= call.started <= call.ended <= request.ended


def logged_traces(server: Server) -> set[str]:
    """The traces that the log names."""
    lines = (line for line in server.log.read_text("utf-8").splitlines() if "trace_id" in line)
    return {json.loads(line)["trace_id"] for line in lines}


@pytest.mark.parametrize("traced", ENGINES[:1], indirect=True)
def test_a_trusted_callers_trace_goes_on(traced: Project, tmp_path: Path) -> None:
    parents = {}
    for trusting in ("true", "false"):
        database = empty_database("sqlite", tmp_path)
        told = {"TRACING_TRUSTS_CALLERS": trusting, "OTEL_EXPORTER_OTLP_HEADERS": f"api-key={MARK}"}
        with running(traced, database, **told) as (server, collector):
            with server.connect() as client:
                client.headers["traceparent"] = f"00-{CALLER}-{CALLERS_SPAN}-01"
                assert client.get("/tags").status_code == 200
            server.terminate()
        (request,) = (span for span in collector.spans if span.kind == SERVER)
        parents[trusting] = (request.trace == CALLER, request.parent)
        assert_whole(collector.spans, [request])
        assert {headers["api-key"] for headers in collector.headers} == {MARK}
        assert MARK not in server.log.read_text("utf-8")
    assert parents == {"true": (True, CALLERS_SPAN), "false": (False, "")}


@pytest.mark.parametrize("traced", SERVERS, indirect=True)
def test_the_statements_are_those_that_the_database_saw(
    traced: Project, clusters: Callable[[Software], Cluster], tmp_path: Path
) -> None:
    cluster = clusters(traced.engine)
    with running(traced, database_on(cluster.url)) as (server, collector):
        token = sign_up(server)
        for number in range(2):  # connections are open by then, and statements prepared
            use(server, token, number)
        with SEEN[traced.engine](cluster) as seen:
            for number in range(2, 6):
                use(server, token, number)
        server.terminate()
    requests = [span for span in collector.spans if span.kind == SERVER][-20:]
    known = {span.trace for span in requests}
    spans = (span for span in collector.spans if span.kind == CLIENT and span.trace in known)
    told = Counter(span.attributes["db.operation.name"] for span in spans)
    assert {name: told[name] for name in OPERATIONS} == {name: seen[name] for name in OPERATIONS}
    assert told["SELECT"] >= 8
    assert told["INSERT"] >= 8


@contextmanager
def seen_by_postgresql(cluster: Cluster) -> Iterator[Counter[str]]:
    """What PostgreSQL runs meanwhile, by its first word."""
    log, seen = cluster.folder / "log", Counter[str]()
    ask(cluster.url, "ALTER SYSTEM SET log_statement = 'all'")
    ask(cluster.url, "SELECT pg_reload_conf()")
    ask(cluster.url, "SELECT pg_sleep(1)")
    begun = log.stat().st_size
    yield seen
    said = log.read_bytes()[begun:].decode()
    ask(cluster.url, "ALTER SYSTEM RESET log_statement")
    ask(cluster.url, "SELECT pg_reload_conf()")
    seen.update(re.findall(r"LOG:  (?:execute [^:]*|statement): (\w+)", said))


@contextmanager
def seen_by_mariadb(cluster: Cluster) -> Iterator[Counter[str]]:
    """What MariaDB runs meanwhile, by its first word."""
    seen = Counter[str]()
    ask(cluster.url, "SET GLOBAL log_output = 'TABLE'")
    ask(cluster.url, "SET GLOBAL general_log = ON")
    ask(cluster.url, "TRUNCATE mysql.general_log")
    yield seen
    rows = ask(
        cluster.url,
        "SELECT argument FROM mysql.general_log WHERE command_type IN ('Query', 'Execute')"
        " AND thread_id <> CONNECTION_ID()",
    )
    ask(cluster.url, "SET GLOBAL general_log = OFF")
    seen.update(row[0].split()[0].upper() for row in rows)


SEEN = {"postgresql": seen_by_postgresql, "mariadb": seen_by_mariadb}


@pytest.mark.parametrize("traced", ENGINES, indirect=True)
def test_nobodys_data_is_in_any_byte(traced: Project, tmp_path: Path) -> None:
    with running(traced, empty_database(traced.engine, tmp_path)) as (server, collector):
        live(server)
        server.terminate()
    assert MARK in server.log.read_text("utf-8")  # a path is, in the log
    assert [body for body in collector.bodies if MARK.encode() in body.lower()] == []
    failed = [span for span in collector.spans if span.status == ERROR and span.kind == CLIENT]
    assert len(failed) >= 2, "both conflicts are errors of statements"
    assert {span.attributes["error.type"] for span in failed} <= {
        "23505",
        "SQLITE_CONSTRAINT_UNIQUE",
        "1062",
    }


def live(server: Server) -> None:
    """Somebody's life with the service, everything of theirs marked."""
    account = {"email": f"{MARK}@example.com", "password": PASSWORD}
    with server.connect() as client:
        client.headers |= {"User-Agent": MARK, "baggage": f"user={MARK}", "Cookie": f"id={MARK}"}
        assert client.post("/auth/sign-up", json=account).status_code == 201
        assert client.post("/auth/sign-up", json=account).status_code == 409
        wrong = account | {"password": MARK}
        assert client.post("/auth/login", json=wrong).status_code == 401
        token = client.post("/auth/login", json=account).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        assert client.post("/tags", json={"name": MARK}).status_code == 201
        assert client.post("/tags", json={"name": MARK}).status_code == 409
        assert client.get(f"/tags?name={MARK}").json()["items"][0]["name"] == MARK
        assert client.get(f"/tags/{MARK}").status_code in (404, 422)
        assert client.post("/tags", json={MARK: MARK}).status_code == 422
        assert client.get(f"/{MARK}?{MARK}={MARK}").status_code == 404


@pytest.mark.proof
def test_commands_to_redis_are_parts_of_it(
    projects: Callable[[Engine, str], Project],
    clusters: Callable[[Software], Cluster],
    tmp_path: Path,
) -> None:
    project = projects("sqlite", "{tracing: opentelemetry, rate_limit: redis}")
    shared = {"REDIS_URL": clusters("redis").url, "RATE_LIMITS": "true"}
    with running(project, empty_database("sqlite", tmp_path), **shared) as (server, collector):
        token = sign_up(server)
        with server.connect(token) as client:
            me = client.get("/users/me").json()["id"]
        server.terminate()
    commands = [span for span in collector.spans if span.system == "redis"]
    assert "EVALSHA" in {span.name for span in commands}
    assert_whole(collector.spans, [span for span in collector.spans if span.kind == SERVER])
    keys = (f"account {me}".encode(), b"127.0.0.1")
    assert [body for body in collector.bodies if any(key in body for key in keys)] == []
