"""Jobs of a real service: nothing is lost, nothing is done twice, whatever is killed meanwhile."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from generated.cluster import Cluster, Software, free_port, wait_until
from generated.databases import empty_database, tables
from generated.projects import REPOSITORY, Project, made, run
from generated.server import Server, account, admin, log_in, migrate, serve

from features.labour import QUICK, SPEC, Crew, crew, labour
from generator.spec.model import Engine

PROOF, THOROUGH = pytest.mark.proof, pytest.mark.thorough
Way = tuple[Engine, Software]
ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql", "mariadb")
BROKERS: tuple[Software, ...] = ("redis", "rabbitmq")


def each_way(*proof: Way) -> pytest.MarkDecorator:
    """Runs a test for each engine with each broker, for the proof with a few of them."""
    ways = [
        pytest.param(way, id="-".join(way), marks=PROOF if way in proof else THOROUGH)
        for way in product(ENGINES, BROKERS)
    ]
    return pytest.mark.parametrize("broker", ways, indirect=True)


URLS = {"redis": "REDIS_URL", "rabbitmq": "RABBITMQ_URL"}
JOBS = "features: {jobs: redis}\n"
MANY, A_FEW = 200, 10
PATIENCE = 150.0
SOON = 2.0
"""Seconds in which a request is answered though the broker is away: it waits for none of it."""


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Engine, str], Project]:
    """Makes each project once."""
    known: dict[tuple[str, str], Project] = {}

    def project(engine: Engine, broker: str) -> Project:
        if (engine, broker) not in known:
            known[engine, broker] = labour(engine, broker, tmp_path_factory.mktemp("labour") / "p")
        return known[engine, broker]

    return project


@pytest.fixture
def broker(
    request: pytest.FixtureRequest, clusters: Callable[[Software], Cluster]
) -> Iterator[Cluster]:
    """The broker, which may be stopped."""
    one = clusters(request.param[1])
    yield one
    one.thaw()
    if one.process is None:
        one.start()


@pytest.fixture
def workers(
    request: pytest.FixtureRequest,
    projects: Callable[[Engine, str], Project],
    broker: Cluster,
    tmp_path: Path,
) -> Iterator[Crew]:
    """A running service, and nobody yet who does its jobs."""
    engine, name = request.node.callspec.params["broker"]
    project = projects(engine, name)
    (project.folder / "begun.txt").unlink(missing_ok=True)
    settings = {URLS[name]: broker.url, "JOBS_QUEUE": f"jobs.{uuid4().hex}"}
    with empty_database(engine, tmp_path) as url:
        migrate(project, url)
        patience = QUICK["DATABASE_TIMEOUT_SECONDS"]
        with (
            serve(project, url, DATABASE_TIMEOUT_SECONDS=patience, **settings) as server,
            crew(server, **settings) as hired,
        ):
            yield hired


def ask_for(server: Server, kind: str, first: int, count: int, **said: float) -> httpx2.Response:
    """The answer to whoever asks for jobs."""
    with server.connect() as client:
        return client.post(f"/labour/{kind}/{first}/{count}", params=said)


def eventually(workers: Crew, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until it holds; where it doesn't, say what there is to know."""
    try:
        wait_until(holds, seconds)
    except TimeoutError:
        pytest.fail(workers.report())


@each_way(("mariadb", "redis"), ("postgresql", "rabbitmq"))
def test_nothing_is_lost_and_nothing_is_done_twice(workers: Crew, broker: Cluster) -> None:
    crowd = [workers.hire() for _ in range(3)]
    for first in range(0, MANY, 20):
        assert ask_for(workers.server, "mark", first, 20, seconds=0.1).status_code == 200
        undone = ask_for(workers.server, "mark", 1000 + first, 3, undo=True)
        assert undone.status_code == 409

    def has_done(count: int) -> bool:
        return len(workers.marks("mark ")) >= count

    for count in (20, 50, 80, 110, 140):
        eventually(workers, partial(has_done, count))
        workers.kill(crowd.pop(0))
        crowd.append(workers.hire())
        if count == 50:
            broker.crash()
        if count == 110:
            broker.start()
    eventually(workers, partial(has_done, MANY))
    eventually(workers, lambda: workers.jobs("kind = 'mark' AND state <> 'succeeded'") == [])

    assert Counter(workers.marks("mark ")) == {f"mark {number}": 1 for number in range(MANY)}
    assert len(workers.marks("asked for ")) == MANY / 20
    begun = Counter(workers.begun())
    assert begun.keys() == {f"mark {number}" for number in range(MANY)}
    assert begun.total() > MANY  # somebody was killed who was at one


@each_way(("sqlite", "redis"))
def test_a_broker_that_is_away_delays_jobs_and_nothing_else(workers: Crew, broker: Cluster) -> None:
    workers.hire()
    ask_for(workers.server, "mark", 0, 1)
    eventually(workers, lambda: workers.marks("mark 0") != [])
    broker.freeze()
    ask_in_time(workers, 1)
    broker.thaw()
    broker.crash()
    ask_in_time(workers, 2)
    workers.hire()  # one that has never seen it
    ask_in_time(workers, 3)
    broker.start()
    ask_in_time(workers, 4)


def ask_in_time(workers: Crew, number: int) -> None:
    """Ask for a job: the answer comes at once, the service is ready, and the job is done."""
    started = time.monotonic()
    assert ask_for(workers.server, "mark", number, 1).status_code == 200
    assert time.monotonic() - started < SOON
    assert httpx2.get(f"{workers.server.url}/health/ready").status_code == 200
    eventually(workers, lambda: workers.marks(f"mark {number}") != [])


@each_way()
def test_jobs_are_announced(workers: Crew) -> None:
    workers.hire(JOBS_POLL_SECONDS="3600")
    eventually(workers, lambda: workers.jobs("kind = 'clean' AND state = 'succeeded'") != [])

    def is_done(number: int) -> bool:
        return workers.marks(f"mark {number}") != []

    for number in range(3):
        ask_for(workers.server, "mark", number, 1)
        eventually(workers, partial(is_done, number), 20)


@each_way(("sqlite", "redis"))
def test_what_fails_is_tried_again_and_then_dead_until_somebody_has_looked(workers: Crew) -> None:
    broken = workers.server.project.folder / "broken"
    broken.touch()
    workers.hire()
    (job_id,) = ask_for(workers.server, "fail", 0, 1).json()
    eventually(workers, lambda: workers.jobs("state = 'dead'") != [])

    times = [float(line.split()[1]) for line in workers.begun() if len(line.split()) == 2]
    first, second = times[1] - times[0], times[2] - times[1]
    assert first >= 0.2
    assert second >= 1.0
    assert second > first
    with workers.server.connect(admin(workers.server)) as client:
        (dead,) = client.get("/jobs", params={"state": "dead"}).json()["items"]
        assert (dead["id"], dead["attempts"]) == (job_id, 3)
        assert dead["error"] == "ValueError: it is broken"
        broken.unlink()
        assert client.post(f"/jobs/{job_id}:retry").status_code == 200
        eventually(workers, lambda: workers.marks("fail 0") != [])
        assert client.get("/jobs", params={"state": "dead"}).json()["items"] == []
        assert client.get(f"/jobs/{job_id}").json()["state"] == "succeeded"


@each_way()
def test_an_attempt_that_hangs_is_another_workers(workers: Crew) -> None:
    workers.hire()
    ask_for(workers.server, "hang", 0, 1, seconds=3600)
    ask_for(workers.server, "mark", 0, A_FEW)
    eventually(workers, lambda: len(workers.marks("mark ")) == A_FEW)
    eventually(workers, lambda: workers.begun().count("hang 0") >= 2)
    (hung,) = workers.jobs("kind = 'hang'")
    assert "It took longer than 1 seconds." in str(hung)


@each_way()
def test_each_time_of_a_schedule_is_one_job_for_all_workers(workers: Crew) -> None:
    for _ in range(2):
        workers.hire()
    eventually(workers, lambda: len(workers.marks("tick")) >= 6)
    for worker in list(workers.running):
        assert workers.dismiss(worker) == 0
    ticks = workers.jobs("kind = 'tick'")
    assert {(state, attempts) for _, state, attempts, *_ in ticks} == {("succeeded", 1)}
    assert len(workers.marks("tick")) == len(ticks)


@each_way(("sqlite", "redis"))
def test_a_worker_that_is_told_to_end_loses_nothing(workers: Crew) -> None:
    patient, hasty = workers.hire(), None
    ask_for(workers.server, "mark", 0, 1, seconds=2)
    eventually(workers, lambda: "mark 0" in workers.begun())
    assert workers.dismiss(patient) == 0
    assert workers.marks("mark 0") == ["mark 0"]
    assert workers.jobs("kind = 'mark' AND attempts <> 1") == []

    hasty = workers.hire(JOBS_DRAIN_SECONDS="0.1")
    ask_for(workers.server, "mark", 1, 1, seconds=3600)
    eventually(workers, lambda: "mark 1" in workers.begun())
    assert workers.dismiss(hasty) == 0
    (given_back,) = workers.jobs("kind = 'mark' AND state <> 'succeeded'")
    assert given_back[1:3] == ("queued", 0)


@each_way(("sqlite", "redis"))
def test_people_get_all_that_is_theirs(workers: Crew) -> None:
    workers.hire()
    server = workers.server
    tokens = []
    for name in ("ada", "bob"):
        with server.connect() as client:
            assert client.post("/auth/sign-up", json=account(server, name)).status_code == 201
        tokens.append(log_in(server, f"{name}@example.com"))
    for token, count in zip(tokens, (3, 1), strict=True):
        with server.connect(token) as client:
            for number in range(count):
                assert client.post("/notes", json={"title": f"note {number}"}).status_code == 201
    with server.connect(tokens[0]) as client, server.connect(tokens[1]) as other:
        asked = client.post("/users/me/exports")
        assert asked.status_code == 202
        url = server.url + asked.headers["location"]
        eventually(workers, lambda: client.get(url).json()["state"] == "done")
        data = client.get(url).json()["data"]
        assert data["account"]["email"] == "ada@example.com"
        assert sorted(row["title"] for row in data["rows"]["notes"]) == [
            "note 0",
            "note 1",
            "note 2",
        ]
        assert other.get(url).status_code == 404


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param("sqlite", marks=PROOF),
        pytest.param("postgresql", marks=THOROUGH),
        pytest.param("mariadb", marks=THOROUGH),
    ],
)
def test_a_project_asks_for_it_changes_it_and_is_rid_of_it(engine: Engine, tmp_path: Path) -> None:
    text = SPEC.format(engine=engine, broker="redis").replace(JOBS, "")
    project = made("labour", engine, text, tmp_path / "p")
    edit(project, "app/main.py", "PREFIX =", "# ours\nPREFIX =")
    with empty_database(engine, tmp_path) as url:
        migrate(project, url)
        edit(project, "service.yaml", "resources:", f"{JOBS}resources:")
        sync(project)
        assert {"_jobs", "_exports"} <= updated(project, url)
        edit(project, "app/jobs/backoff.py", "FACTOR = 5.0", "FACTOR = 3.0")

        edit(project, "service.yaml", "jobs: redis", "jobs: rabbitmq")
        sync(project)
        assert {"_jobs", "_exports"} <= updated(project, url)
        kept = (project.folder / "app/jobs/backoff.py").read_text("utf-8")
        assert "FACTOR = 3.0" in kept
        assert not (project.folder / "app/redis.py").exists()
        assert (project.folder / "app/rabbitmq.py").exists()

        edit(project, "service.yaml", JOBS.replace("redis", "rabbitmq"), "")
        sync(project, "--allow-data-loss")
        assert {"_jobs", "_exports"}.isdisjoint(updated(project, url))
    assert "FACTOR = 3.0" in (project.folder / "app/jobs/backoff.py").read_text("utf-8")
    assert "# ours" in (project.folder / "app/main.py").read_text("utf-8")
    assert "jobs" not in (project.folder / "app/main.py").read_text("utf-8")
    assert not (project.folder / "app/jobs/worker.py").exists()


def edit(project: Project, name: str, before: str, after: str) -> None:
    """Change a file by hand."""
    path = project.folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def sync(project: Project, *options: str) -> None:
    """Have the project follow its page."""
    arguments = ["-m", "generator", "sync", *options]
    done = run(arguments, project.folder, {"PYTHONPATH": str(REPOSITORY)})
    assert done.returncode == 0, done.stdout + done.stderr


def updated(project: Project, url: str) -> set[str]:
    """The tables, once the migrations have run that there are; models and tables agree."""
    migrate(project, url)
    project.must("-m", "alembic", "check", DATABASE_URL=url)
    return tables(url)


@pytest.mark.proof
def test_without_a_broker_production_does_not_work(
    projects: Callable[[Engine, str], Project],
) -> None:
    project = projects("postgresql", "rabbitmq")
    keys = {"ENVIRONMENT": "production", "SECRET_KEY": uuid4().hex * 2, "PORT": str(free_port())}
    for command in ("worker", "serve"):
        done = project.python("-m", "app", command, variables=keys)
        assert done.returncode == 2
        assert "RABBITMQ_URL" in done.stderr or "DATABASE_URL" in done.stderr
