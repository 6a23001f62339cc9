"""Whoever starts a service wrongly is told what is wrong in a line, and never by a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from generated.cluster import free_port
from generated.databases import empty_database
from generated.projects import BOOKSTORES, Project, each_bookstore, each_sample
from generated.server import SETTINGS, serve

NOWHERE = {
    "postgresql": "postgresql://app:the-password@127.0.0.1:{}/app",
    "mariadb": "mariadb://app:the-password@127.0.0.1:{}/app",
}
WRONG: dict[str, dict[str, str]] = {
    "DATABASE_URL": {"DATABASE_URL": "postgres//app"},
    "CORS_ORIGINS": {"CORS_ORIGINS": "https://example.com"},
    "ACCESS_TOKEN_SECONDS": {"ACCESS_TOKEN_SECONDS": "99999999999999"},
    "PASSWORD_MEMORY_KIB": {"PASSWORD_MEMORY_KIB": "8", "PASSWORD_LANES": "2"},
    "PORT": {"PORT": "http"},
    "FORWARDED_ALLOW_IPS": {"FORWARDED_ALLOW_IPS": "proxy"},
}
"""What is said to be wrong, and the settings that are."""


@each_sample(quick=(), proof=(("bookstore", "sqlite"), *BOOKSTORES))
@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_setting_is_told_in_a_line(project: Project, case: str) -> None:
    done = project.python("-m", "app", "serve", variables=WRONG[case])
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert case in done.stderr
    migrated = project.python("-m", "alembic", "upgrade", "head", variables=WRONG[case])
    assert migrated.returncode != 0
    assert "Traceback" not in migrated.stderr
    assert case in migrated.stderr


@each_bookstore()
def test_a_database_that_was_not_migrated_is_told_in_a_line(
    project: Project, tmp_path: Path
) -> None:
    with empty_database(project.engine, tmp_path) as url:
        variables = {**SETTINGS, "SECRET_KEY": "s" * 40, "DATABASE_URL": url, "PORT": "0"}
        done = project.python("-m", "app", "serve", variables=variables)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "make migrate" in done.stderr


@each_bookstore()
def test_the_driver_may_be_left_out(project: Project, database_url: str) -> None:
    engine, _, rest = database_url.partition("://")
    bare = f"{engine.partition('+')[0]}://{rest}"
    project.must("-m", "alembic", "upgrade", "head", DATABASE_URL=bare)
    with serve(project, bare) as server, server.connect() as client:
        assert client.get("/books").status_code == 200


@each_sample(quick=BOOKSTORES, proof=())
def test_a_migration_of_a_database_that_is_not_there_says_so(project: Project) -> None:
    nowhere = NOWHERE[project.engine].format(free_port())
    done = project.python("-m", "alembic", "upgrade", "head", variables={"DATABASE_URL": nowhere})
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "No connection to " in done.stderr
    assert "the-password" not in done.stderr
