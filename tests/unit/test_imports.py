"""Who may import whom: DESIGN.md, section 3, low to high."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator

ROOT = Path(generator.__file__).parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("__init__", "errors", "naming", "literals", "ownership", "releases"),
    ("spec",),
    ("fieldtype", "clients"),
    ("sqltypes", "bounds"),
    ("fieldtypes",),
    ("distinct",),
    ("table",),
    ("table_links",),
    ("tables",),
    ("table_order",),
    ("features",),
    ("views",),
    ("documents",),
    ("plan",),
    ("tree", "template_cache"),
    ("render", "formatting", "merge", "staging", "git"),
    ("migrations",),
    ("state", "starter"),
    ("journal", "page", "wizard", "addition"),
    ("project", "generation", "installed"),
    ("revising",),
    ("evolution",),
    ("pipeline",),
    ("drift", "undo"),
    ("report", "catalogue"),
    ("changes_report",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""A module may import from lower layers and from its own package; not from its own layer."""

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(ROOT.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module of ours that a file imports, at its top or inside."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module == "generator":
                yield from (f"generator.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_go_down(path: Path) -> None:
    own = layer_of(path)
    assert own in LEVEL, f"{own} has no layer yet; give it one in this table"
    for name in imports(path):
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if package == "generator" and other in LEVEL and other != own:
            assert LEVEL[other] < LEVEL[own], f"{own} imports {other}"


def test_only_the_pipeline_and_what_is_above_it_compose_stages() -> None:
    """The stages between Spec and disk know values, not each other."""
    stages = {"formatting", "merge", "project"}
    composing = {
        layer_of(path)
        for path in MODULES
        if len(stages & {name.split(".")[1] for name in imports(path) if name.count(".")}) > 1
    }
    assert "pipeline" in composing
    assert all(LEVEL[layer] >= LEVEL["pipeline"] for layer in composing)
