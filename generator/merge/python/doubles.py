"""Names and routes that a module has twice: the second hides the first, and no parser minds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
_PARAMETER = re.compile(r"\{[^}]*\}")


def doubles(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Return each name of a function, class or member, and each route, that is a second one."""
    yield from _seconds(_bindings(tree.body))
    yield from _seconds(_routes(tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _seconds(
                (f"{node.name}.{what}", line) for what, line in _bindings(node.body)
            )


def _seconds(found: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for what, line in found:
        if what in seen:
            yield what, line
        seen.add(what)


def _bindings(body: Iterable[ast.stmt]) -> Iterator[tuple[str, int]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            special = [ast.unparse(item) for item in node.decorator_list]
            if not any(word.endswith((".setter", ".deleter", "overload")) for word in special):
                yield node.name, node.lineno
        elif isinstance(node, ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.lineno


def _routes(body: Iterable[ast.stmt]) -> Iterator[tuple[str, int]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if route := _route(decorator):
                    yield route, node.lineno


def _route(decorator: ast.expr) -> str:
    """Return the router, method and path of a route, whatever its parameters are called."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return ""
    first = decorator.args[0] if decorator.args else None
    if decorator.func.attr not in VERBS or not isinstance(first, ast.Constant):
        return ""
    where = ast.unparse(decorator.func.value)
    path = _PARAMETER.sub("{}", str(first.value))
    return f"{where}.{decorator.func.attr} {path}"
