"""The documents of a project say what is so, and can be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import mermaid
import pytest

from generated.projects import Project, each_sample

FENCE = "```"
LIES = {
    "a value": ('"stock": 0', '"stock": 1'),
    "a status": ("`204 No Content`", "`200 OK`"),
    "a version": ('ETag: "2"', 'ETag: "3"'),
    "a URL": ("| `PATCH /books/", "| `PUT /books/"),
}


@each_sample()
def test_the_diagram_can_be_drawn(project: Project) -> None:
    page = (project.folder / "docs/erd.md").read_text("utf-8")
    opening, diagram = page.split(f"{FENCE}mermaid\n")[1].split(FENCE)[0].split("\n", 1)
    assert opening == "erDiagram"
    assert mermaid.unread([line.removeprefix("    ") for line in diagram.splitlines()]) == []


@each_sample(quick=(), proof=(("bookstore", "sqlite"),))
@pytest.mark.parametrize("lie", LIES)
def test_a_page_that_lies_is_found_out(project: Project, tmp_path: Path, lie: str) -> None:
    copy = Project(project.name, project.engine, tmp_path / "copy")
    shutil.copytree(project.folder, copy.folder)
    page = copy.folder / "docs/api.md"
    page.write_text(page.read_text("utf-8").replace(*LIES[lie]), "utf-8")
    done = copy.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_api_page.py")
    assert done.returncode == 1, done.stdout
