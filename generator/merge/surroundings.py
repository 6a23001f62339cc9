"""What the rest of a project has, for a file that is merged in it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.merge.sides import Sides
from generator.tree import Tree


def _anything(_module: str, _name: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a merge may ask about the project around a file; alone, a file knows nothing."""

    called: Callable[[str, str], str | None] | None = None
    """What a name is called now that a text of theirs has no more; None where it is no such name.

    None itself where the spec renames nothing.
    """
    written: str | None = None
    """The person's text as it was before the renames were carried into it."""
    exists: Callable[[str, str], bool] = _anything
    """Whether a module will have a name; true, too, for what it has never had."""


class Exports:
    """Which names the modules of a project have, before a sync and after it."""

    def __init__(self, trees: Sides[Tree]) -> None:
        self._trees = trees

    def exists(self, module: str, name: str) -> bool:
        """Whether a module will have a name, or none of the project ever had it."""
        base, ours, theirs = self._trees
        before = any(_has(tree, module, name) for tree in (base, ours))
        return not before or _has(theirs, module, name) or self._stays(module, name)

    def _stays(self, module: str, name: str) -> bool:
        """Whether it is the person's own: a file that is kept for them, or a name they added."""
        base, ours, theirs = self._trees
        if not _has(ours, module, name):
            return False
        edited = [path for path in _paths(module) if path in ours and ours[path] != base.get(path)]
        return any(path not in theirs for path in edited) or not _has(base, module, name)


def _paths(module: str) -> tuple[str, str]:
    path = module.replace(".", "/")
    return f"{path}.py", f"{path}/__init__.py"


def _has(tree: Tree, module: str, name: str) -> bool:
    if any(path in tree for path in _paths(f"{module}.{name}")):
        return True
    return any(path in tree and name in _bound(tree[path]) for path in _paths(module))


@cache
def _bound(text: str) -> frozenset[str]:
    try:
        return frozenset(_names(ast.parse(text).body))
    except (SyntaxError, ValueError):
        return frozenset()


def _names(body: list[ast.stmt]) -> Iterator[str]:
    """Return the names that a module's statements bind, those in an `if` or `try` too."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.If | ast.Try):
            yield from _names([*node.body, *node.orelse])
        else:
            stored = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))
            yield from (name.id for name in stored if isinstance(name.ctx, ast.Store))
