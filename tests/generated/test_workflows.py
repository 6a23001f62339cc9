"""The workflow is one that GitHub reads, and that gives nobody more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generated.projects import Project, Sample, each_sample

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
