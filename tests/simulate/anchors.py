"""Places in a Python text, found by name; whatever has no such name raises LookupError."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeVar

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Node = TypeVar("Node", bound=ast.AST)


class NoPlaceError(LookupError):
    """There is no such place."""


Function = ast.FunctionDef | ast.AsyncFunctionDef


def members(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """The functions, classes and assignments of a body, by name."""
    for node in body:
        if isinstance(node, Named):
            yield node.name, node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node


def find(text: str, name: str) -> ast.stmt:
    """What a dotted name stands for."""
    body = ast.parse(text).body
    found: ast.stmt | None = None
    for word in name.split("."):
        found = dict(members(body)).get(word)
        if found is None:
            raise LookupError(name)
        body = found.body if isinstance(found, Named) else []
    assert found is not None
    return found


def names(text: str, *kinds: type[ast.stmt]) -> list[str]:
    """The dotted names of members of some kinds, at the top and in classes."""
    found = []
    for name, node in members(ast.parse(text).body):
        found += [name] if isinstance(node, kinds) else []
        if isinstance(node, ast.ClassDef):
            found += [f"{name}.{n}" for n, inner in members(node.body) if isinstance(inner, kinds)]
    return found


def start(node: ast.stmt) -> int:
    """The number of a member's first line, from 0, decorators and comments above included."""
    decorators = node.decorator_list if isinstance(node, Named) else []
    return min([node.lineno, *(item.lineno for item in decorators)]) - 1


def end(node: ast.stmt) -> int:
    """The number of the line behind a member."""
    assert node.end_lineno
    return node.end_lineno


def inserted(text: str, at: int, new: str) -> str:
    """A text with some lines more."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:at], new, *lines[at:]])


def without(text: str, first: int, last: int) -> str:
    """A text with some lines less."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:first], *lines[last:]])


def replaced(text: str, node: ast.expr | ast.stmt, new: str) -> str:
    """A text with other code for a node; columns count bytes of UTF-8."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    before = [*lines[: node.lineno - 1], lines[node.lineno - 1][: node.col_offset]]
    after = [lines[node.end_lineno - 1][node.end_col_offset :], *lines[node.end_lineno :]]
    return b"".join([*before, new.encode(), *after]).decode()


def as_a(kind: type[Node], node: object) -> Node:
    """A node, which has to be of a kind."""
    if isinstance(node, kind):
        return node
    raise NoPlaceError(kind.__name__)


def first_statement(function: Function) -> ast.stmt:
    """The first statement behind the docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        raise LookupError(function.name)
    return body[0]


def function(text: str, name: str) -> Function:
    """A function by its dotted name."""
    found = find(text, name)
    if isinstance(found, Function):
        return found
    raise NoPlaceError(name)


def imports_end(text: str) -> int:
    """The number of the line behind the last import at the top."""
    found = [n for n in ast.parse(text).body if isinstance(n, ast.Import | ast.ImportFrom)]
    if not found:
        raise LookupError("imports")
    return end(found[-1])
