"""The role that a service uses may read and write rows, and needs nothing else of its database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from cover.maker import Maker
from cover.walk import link, live
from generated.databases import ask, empty_database
from generated.projects import BOOKSTORES, Project, each_sample
from generated.server import admin, migrate, serve
from ruamel.yaml import YAML

GONE = {
    "postgresql": ("DROP OWNED BY {role}", "DROP ROLE {role}"),
    "mariadb": ("DROP USER {role}",),
}
FORBIDDEN = ("CREATE TABLE mine (id int)", "DROP TABLE users", "ALTER TABLE users ADD mine int")


@contextmanager
def lesser(project: Project, url: str) -> Iterator[str]:
    """The database, as a role such as the generated stack makes for the service."""
    owner, role = sa.make_url(url), f"role_{uuid4().hex[:12]}"
    for statement in script(project):
        ask(url, statement.replace("service", role).replace("app.", f"{owner.database}."))
    lesser = owner.set(username=role, password=role)
    try:
        yield lesser.render_as_string(hide_password=False)
    finally:
        for statement in GONE[project.engine]:
            ask(url, statement.format(role=role))


def script(project: Project) -> list[str]:
    """What the stack tells its database at the first start, with the password of who sets none."""
    stack = YAML(typ="safe").load(project.folder / "compose.yaml")
    content = stack["configs"]["roles"]["content"]
    assert "${SERVICE_PASSWORD:-service}" in content
    assert "service:${SERVICE_PASSWORD" in stack["services"]["app"]["environment"]["DATABASE_URL"]
    return re.sub(r"\$\{\w+:-(\w+)\}", r"\1", content).strip().split("\n")


@each_sample(quick=(), proof=BOOKSTORES)
def test_the_role_of_the_stack_may_read_and_write_rows_and_needs_no_more(
    project: Project, tmp_path: Path
) -> None:
    with (
        empty_database(project.engine, tmp_path) as owners,
        lesser(project, owners) as url,
    ):
        migrate(project, owners)
        for statement in FORBIDDEN:
            with pytest.raises(sa.exc.DBAPIError):
                ask(url, statement)
        with serve(project, url) as server, server.connect(admin(server)) as client:
            maker = Maker(server, client)
            for resource in maker.spec.resources:
                live(maker, resource)
                link(maker, resource)
