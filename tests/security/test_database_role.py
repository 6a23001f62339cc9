"""The role that a service uses may read and write rows, and needs nothing else of its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa
from cover.maker import Maker
from cover.walk import link, live
from generated.databases import ask
from generated.projects import BOOKSTORES, Project, each_sample
from generated.server import admin, serve

MADE = {
    "postgresql": (
        "CREATE ROLE {role} LOGIN PASSWORD 'of the role'",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ),
    "mariadb": (
        "CREATE USER {role} IDENTIFIED BY 'of the role'",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON {database}.* TO {role}",
    ),
}
GONE = {
    "postgresql": ("DROP OWNED BY {role}", "DROP ROLE {role}"),
    "mariadb": ("DROP USER {role}",),
}
FORBIDDEN = ("CREATE TABLE mine (id int)", "DROP TABLE users", "ALTER TABLE users ADD mine int")


@contextmanager
def lesser(project: Project, url: str) -> Iterator[str]:
    """The database, as a role of its own that may do with rows what it likes."""
    owner, role = sa.make_url(url), f"role_{uuid4().hex[:12]}"
    for statement in MADE[project.engine]:
        ask(url, statement.format(role=role, database=owner.database))
    lesser = owner.set(username=role, password="of the role")
    try:
        yield lesser.render_as_string(hide_password=False)
    finally:
        for statement in GONE[project.engine]:
            ask(url, statement.format(role=role))


@each_sample(quick=(), proof=BOOKSTORES)
def test_a_role_that_may_only_read_and_write_rows_is_enough(
    project: Project, database_url: str
) -> None:
    with lesser(project, database_url) as url, serve(project, url) as server:
        for statement in FORBIDDEN:
            with pytest.raises(sa.exc.DBAPIError):
                ask(url, statement)
        with server.connect(admin(server)) as client:
            maker = Maker(server, client)
            for resource in maker.spec.resources:
                live(maker, resource)
                link(maker, resource)
