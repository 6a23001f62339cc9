"""What the revisions in a project's files are called, and which of them follows which.

Whoever wrote a revision, its names are literals, as Alembic has them; a file that is no Python, or
has none, is no revision. Nothing here needs Alembic, which takes its time to load.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

VERSIONS = "migrations/versions"
"""The folder of a project's revisions."""

Lineage = Mapping[str, tuple[str, ...]]
"""Each revision, and those that it follows."""


def lineage(files: Mapping[str, str]) -> Lineage:
    """Return the revisions among the files of a project, by path and text."""
    found: dict[str, tuple[str, ...]] = {}
    for path, source in files.items():
        if path.startswith(f"{VERSIONS}/") and path.endswith(".py"):
            names = dict(_literals(source))
            if isinstance(names.get("revision"), str):
                found[str(names["revision"])] = _several(names.get("down_revision"))
    return found


def heads(files: Mapping[str, str]) -> tuple[str, ...]:
    """The revisions that no other one follows, in order; of a sound history there is one."""
    known = lineage(files)
    followed = {name for names in known.values() for name in names}
    return tuple(sorted(known.keys() - followed))


def _literals(source: str) -> Iterator[tuple[str, object]]:
    """The names that a module gives to literals at its top."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return
    for node in body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name):
                yield from _literal(target.id, node.value)


def _literal(name: str, value: ast.expr | None) -> Iterator[tuple[str, object]]:
    try:
        yield name, ast.literal_eval(value) if value else None
    except ValueError:
        return


def _several(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, tuple | list | set) else ()
