"""What is backed up comes back, whoever writes meanwhile and whatever is killed; on each engine."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa
from generated.cluster import Cluster, Software, wait_until
from generated.databases import ask, empty_database
from generated.projects import SAMPLES, Project, environment, made, with_engine
from generated.server import Server, admin, migrate, serve
from ruamel.yaml import YAML
from sqlalchemy.ext.asyncio import create_async_engine

from generator.spec.model import Engine

SPEC = """
scaffold: 1
service: {{name: kept}}
database: {engine}
features: {{backup: true}}
resources:
  author:
    fields:
      name: string(1..80) unique
  middle:
    fields:
      filler: string(1..500)
  work:
    fields:
      title: string(1..80)
    relations:
      author: belongs_to author on_delete cascade inverse works
    operations: [list, get, create, update, delete, bulk]
"""
"""Tables are dumped by name: what is between gives writers time to change the last."""
ROWS = 5_000
"""In each table: a dump takes long enough to be met half-way."""
TOGETHER = 5
"""Rows that one request makes."""
SERVERS = tuple(pytest.param(one, marks=pytest.mark.proof) for one in ("postgresql", "mariadb"))
ENGINES = (pytest.param("sqlite", marks=pytest.mark.proof), *SERVERS)
DUMPS = {"postgresql": "pg_dump", "mariadb": "mariadb-dump"}
SETTLE_SECONDS = 30

Contents = dict[str, list[str]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Engine], Project]:
    """Makes a project with backups on an engine, once."""
    projects: dict[Engine, Project] = {}

    def project(engine: Engine) -> Project:
        if engine not in projects:
            folder = tmp_path_factory.mktemp("kept") / "project"
            projects[engine] = made("kept", engine, SPEC.format(engine=engine), folder)
        return projects[engine]

    return project


class Stored:
    """A database of a project, and the folder that its backups are in."""

    def __init__(self, project: Project, url: str, folder: Path) -> None:
        self.project = project
        self.url = url
        self.variables = {
            "DATABASE_URL": url,
            "BACKUP_FOLDER": str(folder),
            "PASSWORD_MEMORY_KIB": "64",
            "PASSWORD_PASSES": "1",
        }

    def must(self, *arguments: str) -> str:
        """What a command of the service prints."""
        return self.project.must("-m", "app", *arguments, **self.variables)

    def tried(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the service, whatever comes of it."""
        return self.project.python("-m", "app", *arguments, variables=self.variables)

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command of the service while it runs."""
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            cwd=self.project.folder,
            env=environment(**self.variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def back_up(self) -> Path:
        """A new backup."""
        return Path(self.must("backup").strip())

    def listed(self) -> list[str]:
        """The names of all backups, each of them whole."""
        return [line.split()[0] for line in self.must("backups", "--verify").splitlines()]

    def unfinished(self) -> list[Path]:
        """What is being written."""
        return list(Path(self.variables["BACKUP_FOLDER"]).glob(".unfinished-*/kept-*"))

    def contents(self) -> Contents:
        """Every row of every table, as the database itself has it."""
        return asyncio.run(read_all(self.url))


async def read_all(url: str) -> Contents:
    """Every row of every table of a database, in some order that depends on them alone."""
    engine = create_async_engine(url, poolclass=sa.NullPool)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        found = {}
        for name in names:
            rows = await connection.execute(sa.select(sa.text("*")).select_from(sa.table(name)))
            found[name] = sorted(repr(tuple(row)) for row in rows)
    await engine.dispose()
    return found


@contextmanager
def stored(project: Project, folder: Path, rows: int = 0) -> Iterator[Stored]:
    """A migrated database with so many rows in each table."""
    folder.mkdir(exist_ok=True)
    with empty_database(project.engine, folder) as url:
        migrate(project, url)
        database = Stored(project, url, folder / "backups")
        if rows:
            database.must("seed", f"--rows={rows}")
        yield database


@pytest.fixture
def full(
    request: pytest.FixtureRequest, kept: Callable[[Engine], Project], tmp_path: Path
) -> Iterator[Stored]:
    """A database with many rows."""
    with stored(kept(request.param), tmp_path / "full", ROWS) as database:
        yield database


each_engine = pytest.mark.parametrize("full", ENGINES, indirect=True)
each_server = pytest.mark.parametrize("full", SERVERS, indirect=True)


@contextmanager
def restored(backup: Path, project: Project, folder: Path) -> Iterator[Stored]:
    """What a backup holds, in an empty database."""
    folder.mkdir()
    with empty_database(project.engine, folder) as url:
        database = Stored(project, url, backup.parent)
        database.must("restore", str(backup))
        yield database


@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_of_value_comes_back_in_an_empty_database(
    engine: Engine, tmp_path: Path
) -> None:
    text = (SAMPLES / "everything.yaml").read_text("utf-8")
    text = with_engine(text.replace("\nfeatures:\n", "\nfeatures:\n  backup: true\n"), engine)
    project = made("everything", engine, text, tmp_path / "project")
    with stored(project, tmp_path / "first", rows=60) as first:
        with serve(project, first.url) as server:  # an account, a session, an idempotency key
            create_twice(server)
        before = first.contents()
        assert sum(map(len, before.values())) > len(before) * 20
        with restored(first.back_up(), project, tmp_path / "second") as second:
            assert second.contents() == before
            project.must("-m", "alembic", "check", DATABASE_URL=second.url)
            second.must("seed", "--rows=5", "--seed=2")


def create_twice(server: Server) -> None:
    """Have somebody sign in and create something, sent again with the same key."""
    with server.connect(admin(server)) as client:
        name = uuid4().hex[:20]
        for _ in range(2):
            body = {"name": name, "level": "gold"}
            client.post("/badges", json=body, headers={"Idempotency-Key": name})


class Writers:
    """Clients that make an author, and then several works of theirs in one request."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.token = admin(server)
        self.over = Event()
        self.written: list[str] = []
        """The names of the authors whose works were answered to be there."""

    def write(self) -> None:
        """Make one after the other."""
        with self.server.connect(self.token) as client:
            while not self.over.is_set():
                name = uuid4().hex
                author = client.post("/authors", json={"name": name})
                works = [{"title": name, "author_id": author.json()["id"]}] * TOGETHER
                answer = client.post("/works:bulk", json={"items": works})
                assert answer.status_code in (httpx2.codes.OK, httpx2.codes.CREATED), answer.text
                self.written.append(name)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Four of them, until the end of the block."""
        threads = [Thread(target=self.write) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            wait_until(lambda: len(self.written) > 20, SETTLE_SECONDS)
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()


@each_engine
def test_a_backup_under_writes_is_of_one_instant(full: Stored, tmp_path: Path) -> None:
    patience = {"DATABASE_TIMEOUT_SECONDS": "30"}  # a busy machine is no fault
    with serve(full.project, full.url, **patience) as server:
        writers = Writers(server)
        with writers.writing():
            before, backup = set(writers.written), full.back_up()
            meanwhile = len(writers.written) - len(before)
    assert meanwhile > TOGETHER
    with restored(backup, full.project, tmp_path / "restored") as database:
        assert_whole(database, before)


def assert_whole(database: Stored, written: set[str]) -> None:
    """All of what was written is there, nothing of a request is missing, no link leads away."""
    made_together = "SELECT title, count(*) AS works FROM works GROUP BY title"
    counted = {row.title: row.works for row in ask(database.url, made_together)}
    new = {title: count for title, count in counted.items() if re.fullmatch("[0-9a-f]{32}", title)}
    assert written <= new.keys()
    assert {*new.values()} == {TOGETHER}
    lost = (
        "SELECT count(*) FROM works WHERE NOT EXISTS "
        "(SELECT 1 FROM authors WHERE authors.id = works.author_id)"
    )
    assert ask(database.url, lost)[0][0] == 0


@each_engine
def test_a_backup_that_is_killed_is_none(full: Stored) -> None:
    first = full.back_up()
    with full.running("backup") as process:
        wait_for_half(full, process)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert full.listed() == [first.name]
    second = full.back_up()
    assert full.listed() == [second.name, first.name]


def wait_for_half(database: Stored, process: subprocess.Popen[bytes]) -> None:
    """Wait until a part of a backup is there, and no more."""
    while not any(path.stat().st_size for path in database.unfinished()):
        assert process.poll() is None
        time.sleep(0.001)


@each_engine
def test_a_restore_that_is_killed_leaves_all_as_it_was(full: Stored) -> None:
    backup = full.back_up()
    old = full.contents()
    change(full.url)
    new = full.contents()
    assert new != old
    begun = time.monotonic()
    full.must("restore", str(backup), "--replace")
    takes = time.monotonic() - begun
    assert full.contents() == old
    left = []
    for share in (0.4, 0.6, 0.8, 0.9):
        change(full.url)
        new = full.contents()
        with full.running("restore", str(backup), "--replace") as process:
            time.sleep(takes * share)
            process.kill()
        settle(full)
        left.append(full.contents())
        assert left[-1] in (old, new)
    assert any(one != old for one in left)
    full.must("restore", str(backup), "--replace")
    assert full.contents() == old


def settle(database: Stored) -> None:
    """Wait until the server has ended the statement that it was at for whoever was killed."""
    others = OTHERS.get(database.project.engine)
    if others:
        wait_until(lambda: ask(database.url, others)[0][0] == 0, SETTLE_SECONDS)


OTHERS = {
    "postgresql": (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    ),
    "mariadb": (
        "SELECT count(*) FROM information_schema.processlist "
        "WHERE left(db, length(database())) = database() AND id <> connection_id()"
    ),
}
"""How many sessions there are besides the one that asks."""


def change(url: str) -> None:
    """Write to each table."""
    ask(url, f"UPDATE works SET title = '{uuid4().hex}' WHERE title < 'M'")
    ask(url, "DELETE FROM middles WHERE filler < 'M'")
    ask(url, "UPDATE authors SET _version = _version + 1")


@each_server
def test_a_password_is_seen_nowhere(full: Stored) -> None:
    secret = f"pass{uuid4().hex}"
    with role(full, secret) as name:
        url = sa.make_url(full.url).set(username=name, password=secret)
        full.variables["DATABASE_URL"] = url.render_as_string(hide_password=False)
        seen = processes_of(full)
        assert DUMPS[full.project.engine] in seen
        assert secret not in seen
        for refused in (url.set(database="no_such_database"), url.set(port=1)):
            full.variables["DATABASE_URL"] = refused.render_as_string(hide_password=False)
            done = full.tried("backup")
            assert done.returncode in (1, 2)
            assert secret not in done.stdout + done.stderr


@contextmanager
def role(database: Stored, secret: str) -> Iterator[str]:
    """Somebody with a password, who may do everything."""
    name = f"role_{uuid4().hex[:12]}"
    made, gone = ROLES[database.project.engine]
    for statement in made:
        ask(database.url, statement.format(name=name, secret=secret))
    try:
        yield name
    finally:
        ask(database.url, gone.format(name=name))


ROLES = {
    "postgresql": (["CREATE ROLE {name} LOGIN SUPERUSER PASSWORD '{secret}'"], "DROP ROLE {name}"),
    "mariadb": (
        ["CREATE USER {name} IDENTIFIED BY '{secret}'", "GRANT ALL ON *.* TO {name}"],
        "DROP USER {name}",
    ),
}


def processes_of(database: Stored) -> str:
    """The arguments of all processes of the machine, while a backup is made."""
    seen: set[str] = set()
    with database.running("backup") as process:
        while process.poll() is None:
            listed = subprocess.run(
                ["ps", "-A", "-ww", "-o", "args="], capture_output=True, text=True, check=True
            )
            seen.update(listed.stdout.splitlines())
        assert process.returncode == 0
    return "\n".join(seen)


@pytest.mark.parametrize("engine", SERVERS)
def test_a_server_that_is_away_costs_no_backup(
    engine: Engine,
    kept: Callable[[Engine], Project],
    clusters: Callable[[Software], Cluster],
    tmp_path: Path,
) -> None:
    server, project = clusters(engine), kept(engine)
    name = f"away_{uuid4().hex}"
    ask(server.url, f"CREATE DATABASE {name}")
    url = sa.make_url(server.url).set(database=name).render_as_string(hide_password=False)
    migrate(project, url)
    database = Stored(project, url, tmp_path / "backups")
    database.must("seed", f"--rows={ROWS}")
    first = database.back_up()
    try:
        with database.running("backup") as process:
            wait_for_half(database, process)
            server.crash()
            assert process.wait(SETTLE_SECONDS) == 1
        done = database.tried("backup")
        assert done.returncode == 1
        assert "database" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        server.start()
    assert database.listed() == [first.name]
    assert database.unfinished() == []
    with restored(first, project, tmp_path / "restored") as second:
        assert second.contents() == database.contents()


@pytest.mark.proof
def test_the_schedule_makes_up_for_what_was_missed_and_ends_in_order(
    kept: Callable[[Engine], Project], tmp_path: Path
) -> None:
    with stored(kept("sqlite"), tmp_path / "database", rows=10) as database:
        done = database.tried("backups", "--max-age=1h")
        assert done.returncode == 1
        for _ in range(2):  # the second finds that none is due
            with database.running("backup", "--every=1h") as process:
                wait_until(lambda: bool(database.listed()), SETTLE_SECONDS)
                process.send_signal(signal.SIGTERM)
                assert process.wait(SETTLE_SECONDS) == 128 + signal.SIGTERM
        assert len(database.listed()) == 1
        database.must("backups", "--max-age=1h")


@pytest.mark.proof
def test_a_service_goes_on_with_what_was_restored(
    kept: Callable[[Engine], Project], tmp_path: Path
) -> None:
    with (
        stored(kept("sqlite"), tmp_path / "database", rows=10) as database,
        serve(database.project, database.url) as server,
        server.connect(admin(server)) as client,
    ):
        backup = database.back_up()
        author = client.post("/authors", json={"name": "too late"}).json()["id"]
        database.must("restore", str(backup), "--replace")
        assert client.get(f"/authors/{author}").status_code == httpx2.codes.NOT_FOUND
        assert client.post("/authors", json={"name": "too late"}).status_code == 201


@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
def test_the_image_that_is_built_by_itself_is_that_of_the_service(
    engine: Engine, kept: Callable[[Engine], Project]
) -> None:
    folder = kept(engine).folder
    stages = re.findall("^FROM (.+)$", (folder / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    stack = YAML(typ="safe").load(folder / "compose.yaml")
    backup = stack["services"]["backup"]
    assert f"service AS {backup['build']['target']}" in stages
    assert stages[-1] == "service"
    assert stack["services"]["app"]["build"] == "."
    assert {"backups", *backup["environment"]} >= {"DATABASE_URL", "BACKUP_FOLDER"}
    assert backup["healthcheck"]["test"][1:4] == ["python", "-m", "app"]
