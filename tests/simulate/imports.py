"""Imports within a project that lead nowhere."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from generator.tree import Tree


def absent(text: str, tree: Tree) -> set[str]:
    """The names that a file imports from modules of its project that don't have them."""
    if not re.search(r"^\s*from (app|tests)\b", text, re.M):
        return set()
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(text.removeprefix("\ufeff")))
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if node.module.partition(".")[0] in {"app", "tests"}
        and not _has(tree, node.module.replace(".", "/"), alias.name)
    }


def _has(tree: Tree, module: str, name: str) -> bool:
    if f"{module}/{name}.py" in tree or f"{module}/{name}/__init__.py" in tree:
        return True
    paths = (f"{module}.py", f"{module}/__init__.py")
    return any(path in tree and name in _words(tree[path]) for path in paths)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The words that a module's text has at the start of a line, or imports: what it may bind."""
    bound = re.findall(r"^(?:async def|def|class) (\w+)|^(\w+)\s*[:=]", text, re.M)
    imported = re.findall(r"(?:import|as|,|\()\s*\(?\s*(\w+)", text)
    return frozenset([word for pair in bound for word in pair if word] + imported)
