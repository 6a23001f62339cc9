"""The workflow: GitHub reads it, it gives nobody more than it needs, and tells what it should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generated.projects import SAMPLES, Project, Sample, each_sample, made

CHECKS = {
    "schema": ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
    "audit": ("zizmor", "--offline", "--no-progress", "--color=never"),
}
"""GitHub's own schema of workflows; an audit of what a workflow lets others do."""
ENGINES: tuple[Sample, ...] = (("bookstore", "postgresql"), ("bookstore", "mariadb"))


@each_sample(quick=(("bookstore", "sqlite"), ("weather", "sqlite")), proof=ENGINES)
@pytest.mark.parametrize("check", CHECKS)
def test_the_workflow_passes(project: Project, check: str) -> None:
    command, *options = CHECKS[check]
    pages = sorted((project.folder / ".github/workflows").glob("*.yml"))
    assert pages
    done = subprocess.run(
        [Path(sys.executable).with_name(command), *options, *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_change_that_breaks_clients_is_told(tmp_path: Path) -> None:
    text = (SAMPLES / "bookstore.yaml").read_text("utf-8")
    old = made("bookstore", "sqlite", text, tmp_path / "old")
    isbn = next(line for line in text.splitlines() if line.strip().startswith("isbn:"))
    new = made("bookstore", "sqlite", text.replace(f"{isbn}\n", ""), tmp_path / "new")
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(old.must("-m", "app", "openapi"))
    after.write_text(new.must("-m", "app", "openapi"))

    told = new.python("-m", "app", "openapi", "--breaks", str(before))
    assert told.returncode == 1
    assert "POST /api/v1/books: body.isbn: unknown" in told.stdout.splitlines()
    assert "GET /api/v1/books/{book_id}: answer.isbn: missing" in told.stdout.splitlines()

    back = old.python("-m", "app", "openapi", "--breaks", str(after))
    assert "POST /api/v1/books: body.isbn: missing" in back.stdout.splitlines()
    assert "answer.isbn" not in back.stdout
    assert old.must("-m", "app", "openapi", "--breaks", str(before)) == ""
