"""The seed command: rows that keep every constraint, beside what is there, and of nobody else."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, get_args

import httpx2

from generated.databases import ask, empty_database
from generated.projects import NAMES, Project, Sample, each_sample, environment
from generated.server import SETTINGS, Server, migrate, serve
from generator.features.demands import is_read_apart
from generator.spec.model import BelongsTo, Engine, ManyToMany, Resource, Spec

ROWS = 40
MANY = 20_000
"""Rows that take long enough to be stopped amidst them."""
QUICK: tuple[Sample, ...] = (("bookstore", "sqlite"),)
SERVERS: tuple[Sample, ...] = (
    ("bookstore", "postgresql"),
    ("bookstore", "mariadb"),
    ("helpdesk", "sqlite"),
)
OTHERS: tuple[Sample, ...] = tuple(
    one for one in product(NAMES, get_args(Engine)) if one not in QUICK + SERVERS
)
MADE = re.compile(r"^(\w.*): ([\d,]+)(?: of [\d,]+: its constraints .*)?$", re.MULTILINE)
PASSWORD = re.compile(r"with the password (\S+);")
AS_THE_API_TAKES_THEM = """
import json
from importlib import import_module
from pydantic import TypeAdapter
from app.main import create_app
from app.seeding.order import TABLES
from app.seeding.seeds import Source, rows_of
from app.settings import load_settings

create_app(load_settings())
source, tried = Source(40, 1), 0
for seeds in TABLES:
    name, package = seeds.model.__name__, seeds.model.__module__.rpartition(".")[0]
    schemas = import_module(f"{package}.schemas")
    create, read = (getattr(schemas, name + end, None) for end in ("Create", "Read"))
    source.begin(seeds, [])
    rows = [{"id": key, **row} for key, row in enumerate(rows_of(seeds, source))]
    seeds.note(source.keys, rows)
    for row in rows if create and read else ():
        waiting = {**dict.fromkeys(seeds.later), "_version": 1, "version_": 1}
        shown = read.model_validate({**waiting, **row}).model_dump(mode="json", by_alias=False)
        for attribute in create.model_fields.keys() & shown.keys() & seeds.columns.keys():
            kind = TypeAdapter(create.model_fields[attribute].rebuild_annotation())
            kind.validate_json(json.dumps(shown[attribute]))
            tried += 1
print(tried)
"""
"""A program that gives each seeded value, as the API shows it, to what bodies are read by."""
Rows = dict[str, list[tuple[Any, ...]]]

seeded_samples = each_sample(quick=QUICK, proof=SERVERS, thorough=OTHERS)


def seed(project: Project, url: str, *options: str) -> str:
    """What the command says."""
    return project.must("-m", "app", "seed", "--rows", str(ROWS), *options, **where(url))


def start(project: Project, url: str, *options: str) -> subprocess.Popen[str]:
    """The command, running; Ctrl-C reaches it even where the tests run in the background."""
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(
        [sys.executable, "-m", "app", "seed", *options],
        cwd=project.folder,
        env=environment(**where(url)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,  # noqa: PLW1509 - it takes no lock
    )


def where(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url, "ENCRYPTION_KEYS": SETTINGS["ENCRYPTION_KEYS"]}


@contextmanager
def seeded(project: Project, folder: Path, *options: str) -> Iterator[str]:
    """A database that the command has filled."""
    with empty_database(project.engine, folder) as url:
        migrate(project, url)
        seed(project, url, *options)
        yield url


def counts(said: str) -> dict[str, int]:
    """How many rows each table got, by what the command said."""
    return {name: int(rows.replace(",", "")) for name, rows in MADE.findall(said)}


def rows_of(project: Project, url: str) -> Rows:
    """Every row of the tables of the spec; a hash or what is encrypted differs each time."""
    spec = project.spec
    names = [one.table for one in (*spec.resources, *((spec.user,) if spec.user else ()))]
    quote = quoter(project)
    return {
        name: [tuple(map(steady, row)) for row in ask(url, f"SELECT * FROM {quote(name)}")]
        for name in names
    }


def alike(one: Rows, other: Rows) -> bool:
    """Whether they are the same rows, in any order."""
    return {name: sorted(map(repr, rows)) for name, rows in one.items()} == {
        name: sorted(map(repr, rows)) for name, rows in other.items()
    }


def steady(value: Any) -> Any:
    match value:
        case str() if value.startswith("$argon2"):
            return "a hash"
        case bytes() if value.startswith(b"gAAAAA"):
            return "a token"
    return value


def quoter(project: Project) -> Callable[[str], str]:
    mark = "`" if project.engine == "mariadb" else '"'
    return lambda name: f"{mark}{name}{mark}"


@seeded_samples
def test_every_table_gets_rows(project: Project, database_url: str) -> None:
    told = counts(seed(project, database_url))
    found = {name: len(rows) for name, rows in rows_of(project, database_url).items()}
    assert found == told
    assert all(rows == ROWS for name, rows in told.items() if name != "users")


@each_sample(
    quick=QUICK,
    proof=(("everything", "sqlite"),),
    thorough=tuple((name, "sqlite") for name in NAMES if name not in ("bookstore", "everything")),
)
def test_clients_could_have_sent_each_value(project: Project) -> None:
    variables = {"ENCRYPTION_KEYS": SETTINGS["ENCRYPTION_KEYS"]}
    assert int(project.must("-c", AS_THE_API_TAKES_THEM, **variables)) >= ROWS


@seeded_samples
def test_the_same_seed_gives_the_same_rows_and_another_gives_others(
    project: Project, tmp_path: Path
) -> None:
    with seeded(project, tmp_path) as one, seeded(project, tmp_path) as same:
        first = rows_of(project, one)
        assert alike(rows_of(project, same), first)
    with seeded(project, tmp_path, "--seed", "2") as other:
        assert not alike(rows_of(project, other), first)


@seeded_samples
def test_what_is_there_stays_as_it_is(project: Project, database_url: str) -> None:
    seed(project, database_url)
    before = rows_of(project, database_url)
    for number in ("1", "2"):
        told = counts(seed(project, database_url, "--seed", number))
        after = rows_of(project, database_url)
        for name, rows in before.items():
            assert [row for row in rows if row not in after[name]] == [], name
        added = {name: len(after[name]) - len(before[name]) for name in before}
        assert added == told
        before = after


@seeded_samples
def test_a_run_that_is_stopped_adds_nothing_and_the_next_is_as_the_first(
    project: Project, database_url: str, tmp_path: Path
) -> None:
    with start(project, database_url, "--rows", str(MANY)) as process:
        assert process.stdout
        while MADE.match(process.stdout.readline()) is None:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert "no row was added" in process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert not any(rows_of(project, database_url).values())
    seed(project, database_url)
    with seeded(project, tmp_path) as untouched:
        assert alike(rows_of(project, database_url), rows_of(project, untouched))


@each_sample(
    quick=(),
    proof=(("wiki", "sqlite"),),
    thorough=(("wiki", "postgresql"), ("wiki", "mariadb")),
)
def test_rows_are_found_by_their_words(project: Project, database_url: str) -> None:
    password = PASSWORD.search(seed(project, database_url))
    assert password
    searched = [one for one in project.spec.resources if one.search]
    assert searched
    with (
        serve(project, database_url) as server,
        signed_in(server, "admin@example.com", password[1]) as client,
    ):
        for resource in searched:
            row = client.get(f"/{dashed(resource)}").json()["items"][0]
            asked = {"q": row[resource.search[0]]}
            found = client.get(f"/{dashed(resource)}", params=asked).json()["items"]
            assert row in found


@each_sample(
    quick=(),
    proof=(("helpdesk", "sqlite"),),
    thorough=(("wiki", "sqlite"), ("shop", "sqlite"), ("shop", "postgresql")),
)
def test_no_row_points_at_what_its_owner_may_not_read(project: Project, database_url: str) -> None:
    password = PASSWORD.search(seed(project, database_url))
    assert password
    asked = 0
    with serve(project, database_url) as server:
        for email in emails(server, password[1]):
            with signed_in(server, email, password[1]) as client:
                own = client.get("/users/me").json()["id"]
                for target, key in pointed_at(client, project.spec, own):
                    answer = client.get(f"/{target}/{key}")
                    assert answer.status_code == 200, (email, target, answer.text)
                    asked += 1
    assert asked


def emails(server: Server, password: str) -> list[str]:
    with signed_in(server, "admin@example.com", password) as client:
        return [user["email"] for user in client.get("/users").json()["items"]]


@contextmanager
def signed_in(server: Server, email: str, password: str) -> Iterator[httpx2.Client]:
    with server.connect() as client:
        answer = client.post("/auth/login", json={"email": email, "password": password})
    with server.connect(answer.json()["access_token"]) as client:
        yield client


def pointed_at(client: httpx2.Client, spec: Spec, own: str) -> Iterator[tuple[str, str]]:
    """The URLs and ids that rows of one's own point at."""
    known = {one.name: one for one in spec.resources}
    for resource in spec.resources:
        if resource.owned is None or "list" not in resource.operations:
            continue
        answer = client.get(f"/{dashed(resource)}")
        for row in answer.json()["items"] if answer.status_code == 200 else ():
            if named(spec, row, resource.owned) == own:
                yield from references(spec, resource, known, row)


def references(
    spec: Spec, resource: Resource, known: dict[str, Resource], row: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    for relation in resource.relations:
        target = known.get(relation.resource)
        if isinstance(relation, BelongsTo) and target and "get" in target.operations:
            key = named(spec, row, relation.name)
            if key is not None:
                yield dashed(target), str(key)


def named(spec: Spec, row: dict[str, Any], relation: str) -> Any:
    first, *others = f"{relation}_id".split("_")
    camel = first + "".join(word.capitalize() for word in others)
    return row[camel if spec.api.case == "camel" else f"{relation}_id"]


def dashed(resource: Resource) -> str:
    return resource.plural.replace("_", "-")


@each_sample(quick=(), proof=(("helpdesk", "sqlite"),), thorough=(("everything", "sqlite"),))
def test_no_link_leads_to_what_the_owner_of_the_other_row_may_not_read(
    project: Project, database_url: str
) -> None:
    seed(project, database_url)
    roles = dict(pairs(database_url, "SELECT id, role FROM users"))
    tried = 0
    for left, right, link in held_links(project.spec):
        query = (
            f"SELECT l.{left.owned}_id, r.{right.owned}_id FROM {link.table} "
            f"JOIN {left.table} l ON l.id = {link.own_column} "
            f"JOIN {right.table} r ON r.id = {link.other_column}"
        )
        for owner, other in pairs(database_url, query):
            assert owner == other or reads(roles[owner], right)
            assert owner == other or reads(roles[other], left)
            tried += 1
    assert tried or not [*held_links(project.spec)]


def pairs(url: str, query: str) -> list[tuple[Any, Any]]:
    return [(one, other) for one, other in map(list, ask(url, query))]


def held_links(spec: Spec) -> Iterator[tuple[Resource, Resource, ManyToMany]]:
    """The links between rows that belong to people."""
    known = {one.name: one for one in spec.resources if one.owned}
    for resource in known.values():
        for link in resource.relations:
            if isinstance(link, ManyToMany) and link.resource in known and not link.through:
                yield resource, known[link.resource], link


def reads(role: str, resource: Resource) -> bool:
    return not is_read_apart(resource) or role in resource.access.get
