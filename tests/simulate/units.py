"""What a text consists of: units, each with its place. Knows nothing of the merge.

A unit's place is a tuple of names; two sides touch the same thing where one's place lies within the
other's.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

Place = tuple[str, ...]
Unit = tuple[Place, str]
Units = Counter[Unit]

BRACKETS = (ast.List, ast.Tuple, ast.Set)
COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith)


@lru_cache(maxsize=512)
def units(path: str, text: str) -> Units:
    """The units of a text. Raises SyntaxError for Python that is none."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if path.endswith(".py"):
        tree = ast.parse(plain)
        return Counter([*_block(tree.body, ()), *_comments(plain, tree)])
    lines = (re.sub(r"\s+", " ", line.strip()) for line in plain.split("\n"))
    return Counter(((line,), line) for line in lines if line)


def _comments(text: str, tree: ast.Module) -> Iterator[Unit]:
    """Each comment, at the place of what it stands in, beside or above."""
    spans = list(_spans(tree.body, ()))
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            near = [place for _, end, place in spans if line <= end]
            yield (*(near[0] if near else ()), "#", token.string), token.string


def _spans(body: list[ast.stmt], place: Place) -> Iterator[tuple[int, int, Place]]:
    """Where each member starts and ends, a class's members before it."""
    for node in body:
        here = (*place, *_name(node))
        if isinstance(node, ast.ClassDef):
            yield node.lineno, node.lineno, here
            yield from _spans(node.body, here)
        yield node.lineno, node.end_lineno or node.lineno, here


def _block(body: list[ast.stmt], place: Place) -> Iterator[Unit]:
    before: Place = ("docstring",)
    for node in body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from _text((*place, *before, "docstring"), node.value.value)
            continue
        yield from _statement(node, place)
        before = _name(node)


def _text(place: Place, value: object) -> Iterator[Unit]:
    for line in str(value).split("\n"):
        if line.strip():
            yield place, line.strip()


def _name(node: ast.stmt) -> Place:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.AnnAssign):
        return (ast.unparse(node.target),)
    if isinstance(node, ast.Assign):
        return (ast.unparse(node.targets[0]),)
    return (f"if {ast.unparse(node.test)}",) if isinstance(node, ast.If) else (ast.unparse(node),)


def _statement(node: ast.stmt, place: Place) -> Iterator[Unit]:
    here = (*place, *_name(node))
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = "." * getattr(node, "level", 0) + (getattr(node, "module", "") or "")
        for alias in node.names:
            yield ("import", module, alias.name, alias.asname or ""), "import"
    elif isinstance(node, ast.ClassDef):
        yield here, "class"
        yield from _items(node.bases, (*here, "bases"))
        yield from _items(node.decorator_list, (*here, "decorators"))
        yield from _block(node.body, here)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _function(node, here)
    elif isinstance(node, ast.If) and not node.orelse:
        yield here, "if"
        yield from _block(node.body, here)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        yield here, ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else "="
        if node.value is not None:
            yield from _value(node.value, (*here, "value"))
    else:
        yield here, ast.unparse(node)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, here: Place) -> Iterator[Unit]:
    yield here, type(node).__name__
    for decorator in node.decorator_list:
        yield from _value(decorator, (*here, "decorators"))
    arguments = node.args
    defaults = [*arguments.defaults, *arguments.kw_defaults]
    for number, arg in enumerate([*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]):
        yield (*here, "parameters", arg.arg), ast.unparse(arg)
        del number
    for default in defaults:
        if default is not None:
            yield (*here, "parameters", "defaults"), ast.unparse(default)
    if node.returns:
        yield (*here, "returns"), ast.unparse(node.returns)
    body = node.body
    if ast.get_docstring(node) is not None:
        yield from _text((*here, "docstring"), ast.get_docstring(node))
        body = body[1:]
    yield from _body(body, (*here, "body"))


def _body(body: list[ast.stmt], place: Place) -> Iterator[Unit]:
    """The statements of a function, those within others too; all of a body is one place."""
    for node in body:
        if isinstance(node, COMPOUND):
            yield place, ast.unparse(node).partition("\n")[0]
            for name in ("body", "handlers", "orelse", "finalbody"):
                for inner in getattr(node, name, []):
                    if isinstance(inner, ast.ExceptHandler):
                        yield place, f"except {ast.unparse(inner.type) if inner.type else ''}"
                        yield from _body(inner.body, place)
                    else:
                        yield from _body([inner], place)
        else:
            yield place, ast.unparse(node)


def _items(nodes: list[ast.expr], place: Place) -> Iterator[Unit]:
    for node in nodes:
        yield (*place, ast.unparse(node)), "item"


def _value(node: ast.expr, place: Place) -> Iterator[Unit]:
    """An expression: the items of brackets and the arguments of calls apart, however deep."""
    if isinstance(node, BRACKETS):
        yield place, type(node).__name__
        for item in node.elts:
            yield from _item(item, place)
    elif isinstance(node, ast.Dict):
        yield place, "Dict"
        for key, value in zip(node.keys, node.values, strict=True):
            yield from _value(value, (*place, ast.unparse(key) if key else "**"))
    elif isinstance(node, ast.Call):
        yield (*place, ast.unparse(node.func)), "call"
        for number, argument in enumerate(node.args):
            yield from _value(argument, (*place, ast.unparse(node.func), str(number)))
        for keyword in node.keywords:
            yield from _value(keyword.value, (*place, ast.unparse(node.func), str(keyword.arg)))
    else:
        yield place, ast.unparse(node)


def _item(node: ast.expr, place: Place) -> Iterator[Unit]:
    code = ast.unparse(node)
    if isinstance(node, ast.Call):
        named = [ast.unparse(k.value) for k in node.keywords if k.arg in {"id", "name"}]
        first = ast.unparse(node.args[0]) if node.args else ""
        yield (*place, ast.unparse(node.func), *(named or [first])), code
    else:
        yield (*place, code), "item"


def touched(base: Units, side: Units) -> set[Place]:
    """The places that a side has changed."""
    return {place for place, _ in (base - side) + (side - base)}


def meet(one: set[Place], other: set[Place]) -> bool:
    """Whether two sets of places have something in common."""
    return any(
        left[: len(right)] == right or right[: len(left)] == left for left in one for right in other
    )
