"""Access rules that a person edits by hand: the routes follow, and the project's tests see it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generated.projects import Project, each_sample

RULES = "app/resources/reviews/access.py"
ROUTES = "app/resources/reviews/router.py"
TESTS = "tests/auth/test_access.py"
ASK = """
import asyncio
from httpx2 import ASGITransport, AsyncClient
from app.main import create_app

async def status() -> int:
    app = create_app()
    async with app.router.lifespan_context(app):
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            return (await client.get("/api/v1/reviews")).status_code

print(asyncio.run(status()))
"""


@pytest.fixture
def edited(project: Project, tmp_path: Path) -> Project:
    """A copy of the project, to edit."""
    ignored = shutil.ignore_patterns("__pycache__")
    return replace(project, folder=shutil.copytree(project.folder, tmp_path / "it", ignore=ignored))


def edit(project: Project, path: str, old: str, new: str) -> None:
    """Replace a text that stands in the file once."""
    file = project.folder / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1, text
    file.write_text(text.replace(old, new), "utf-8")


def failures(project: Project) -> str:
    """What the project's own tests of access say, which have to fail."""
    done = project.python("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", TESTS)
    assert done.returncode == 1, done.stdout
    return done.stdout


only_here = each_sample(quick=(("bookstore", "sqlite"),), proof=())


@only_here
def test_a_public_rule_that_is_narrowed_holds(edited: Project) -> None:
    edit(edited, RULES, "LIST = PUBLIC", 'LIST = allow("admin")')
    assert edited.must("-c", ASK).splitlines()[-1] == "401"
    assert "test_an_operation_needs_a_token_unless_it_is_listed" in failures(edited)


@only_here
def test_a_public_route_that_loses_its_rule_is_found(edited: Project) -> None:
    edit(edited, ROUTES, "    dependencies=[Depends(access.LIST)],\n", "")
    assert "test_an_operation_depends_on_its_rule_though_that_is_public" in failures(edited)
