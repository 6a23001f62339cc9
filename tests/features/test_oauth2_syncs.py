"""Signing in by a provider comes, changes and goes with a sync; edits and other rows stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generated.databases import ask, empty_database
from generated.projects import REPOSITORY, made, run

SPEC = """
scaffold: 1
service: {name: synced}
auth: {methods: [jwt]}
resources:
  note:
    owned: true
    fields:
      title: string(1..100)
"""
STEPS = {
    "[jwt, oauth2]": {"_identities", "_provider_logins", "_login_tickets", "_sessions"},
    "[oauth2]": {"_identities", "_provider_logins", "_browser_sessions"},
    "[jwt, session, oauth2]": {
        "_identities",
        "_provider_logins",
        "_browser_sessions",
        "_sessions",
    },
    "[jwt]": {"_sessions"},
}
"""The methods, one after the other, and the tables that sessions and identities have then."""
KEPT = {"app/auth/service.py": "NOT_SIGNED_IN", "app/auth/access.py": "OWNER"}
"""Files, and a constant of each that somebody has another text for."""
OWN_WORDS = '"words of their own"'


@pytest.mark.thorough
def test_it_comes_and_goes_with_a_sync(tmp_path: Path) -> None:
    project = made("synced", "sqlite", SPEC, tmp_path / "p")
    page = project.folder / "service.yaml"
    for path, constant in KEPT.items():
        edited = project.folder / path
        text = edited.read_text("utf-8")
        edited.write_text(
            re.sub(rf"^{constant} = .*$", f"{constant} = {OWN_WORDS}", text, flags=re.M)
        )
    with empty_database("sqlite", tmp_path) as url:
        project.must("-m", "alembic", "upgrade", "head", DATABASE_URL=url)
        ask(url, "INSERT INTO users VALUES ('1', 'a@b.cd', '-', NULL, 'user', 1, '', '', 1)")
        for methods, tables in STEPS.items():
            page.write_text(
                re.sub(r"methods: \[.*\]", f"methods: {methods}", page.read_text("utf-8"))
            )
            command = ["-m", "generator", "sync", "--allow-data-loss"]
            done = run(command, project.folder, {"PYTHONPATH": str(REPOSITORY)})
            assert done.returncode == 0, done.stdout + done.stderr
            project.must("-m", "alembic", "upgrade", "head", DATABASE_URL=url)
            project.must("-m", "alembic", "check", DATABASE_URL=url)
            names = [
                row[0] for row in ask(url, "SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            found = {name for name in names if re.search("identit|login|session", name)}
            assert found - {"_login_attempts"} == tables
            assert all(OWN_WORDS in (project.folder / path).read_text("utf-8") for path in KEPT)
            assert [tuple(row) for row in ask(url, "SELECT email FROM users")] == [("a@b.cd",)]
        for _ in STEPS:
            project.must("-m", "alembic", "downgrade", "-1", DATABASE_URL=url)
    assert not (project.folder / "app/auth/oauth2").exists()
