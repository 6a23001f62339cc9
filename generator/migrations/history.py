"""What the files of a project say of its database's history, and how two histories become one."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Mapping

from generator.migrations.following import ID_DIGITS
from generator.migrations.revision import VERSIONS, Revision, text


def heads(files: Mapping[str, str]) -> tuple[str, ...]:
    """The revisions that no other one follows, in order; of a sound history there is one.

    `files` holds the texts of a project by path. Whoever wrote a revision, its names are literals,
    as Alembic has them; a file that is no Python, or has none, is no revision.
    """
    known: set[str] = set()
    followed: set[str] = set()
    for path, source in files.items():
        if path.startswith(f"{VERSIONS}/") and path.endswith(".py"):
            names = dict(_literals(source))
            if isinstance(names.get("revision"), str):
                known.add(str(names["revision"]))
                followed |= set(_several(names.get("down_revision")))
    return tuple(sorted(known - followed))


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


def merge_revision(found: tuple[str, ...]) -> tuple[str, str]:
    """The path and the text of a revision that joins several heads, and does nothing else."""
    down = tuple(sorted(found))
    digest = hashlib.sha256(repr(down).encode()).hexdigest()[:ID_DIGITS]
    names = " and ".join(down)
    merged = Revision(id=digest, down=down, message=f"Join {names}", upgrade=(), downgrade=())
    return merged.path, text(merged, "sqlite")
