"""The documents of a project say what is so, and can be read."""

from __future__ import annotations

import mermaid

from generated.projects import Project, each_sample

FENCE = "```"


@each_sample()
def test_the_diagram_can_be_drawn(project: Project) -> None:
    page = (project.folder / "docs/erd.md").read_text("utf-8")
    opening, diagram = page.split(f"{FENCE}mermaid\n")[1].split(FENCE)[0].split("\n", 1)
    assert opening == "erDiagram"
    assert mermaid.unread([line.removeprefix("    ") for line in diagram.splitlines()]) == []
