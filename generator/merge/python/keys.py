"""By what a person would name a piece of code: what is keyed alike is the same thing, changed.

A strong key names one thing of its surroundings; a weak one says what kind of thing it is, and
pairs what stands at the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import libcst as cst

Key = tuple[Hashable, ...]
_MODULE = cst.Module([])


def code(node: cst.CSTNode) -> str:
    """Return a node's code on one line."""
    return " ".join(_MODULE.code_for_node(node).split())


def statement_keys(statements: Sequence[cst.CSTNode]) -> list[Key | None]:
    """Return the strong key of each statement of a block, None for those without a name."""
    found: list[Key | None] = []
    for number, statement in enumerate(statements):
        key = _docstring(statement, found[-1] if number else ("block",))
        found.append(key or statement_key(statement))
    return found


def statement_key(statement: cst.CSTNode) -> Key | None:
    """Return the strong key of a statement: by what it binds or, of an `if`, by its test."""
    if isinstance(statement, cst.SimpleStatementLine):
        return _simple(statement.body[0]) if len(statement.body) == 1 else None
    if isinstance(statement, cst.FunctionDef):
        return ("def", statement.name.value, *_overload(statement))
    if isinstance(statement, cst.ClassDef):
        return ("class", statement.name.value)
    return ("if", code(statement.test)) if isinstance(statement, cst.If) else None


def weak_statement_key(statement: cst.CSTNode) -> Key:
    """Return what kind of statement it is, and what it binds or calls."""
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        small = statement.body[0]
        return _simple(small) or (type(small).__name__, *_called(small))
    return (type(statement).__name__,)


def _simple(small: cst.BaseSmallStatement) -> Key | None:
    if isinstance(small, cst.ImportFrom):
        module = code(small.module) if small.module else ""
        return ("from", "." * len(small.relative) + module)
    if isinstance(small, cst.Import):
        return ("import", *(code(alias.name) for alias in small.names))
    if isinstance(small, cst.Assign):
        return ("=", *(code(target.target) for target in small.targets))
    return ("=", code(small.target)) if isinstance(small, cst.AnnAssign) else None


def _docstring(statement: cst.CSTNode, before: Key | None) -> Key | None:
    """A string by itself belongs to what stands before it."""
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        small = statement.body[0]
        if isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString) and before:
            return ("docstring", *before)
    return None


def _overload(function: cst.FunctionDef) -> tuple[str, ...]:
    """Tell the setter of a property, or a signature among several, from the function itself."""
    decorators = [code(item.decorator) for item in function.decorators]
    special = [d for d in decorators if d.endswith((".setter", ".deleter", "overload"))]
    return (special[0], code(function.params)) if special else ()


def _called(small: cst.BaseSmallStatement) -> tuple[str, ...]:
    value = getattr(small, "value", None)
    if isinstance(value, cst.Await):
        value = value.expression
    return (code(value.func),) if isinstance(value, cst.Call) else ()


def _argument(node: cst.Arg) -> Key | None:
    return (node.keyword.value,) if node.keyword else None


def _element(node: cst.BaseElement) -> Key:
    value = node.value
    if not isinstance(value, cst.Call):
        return (code(value),)
    return ("call", code(value.func), *_named(value))


def _named(call: cst.Call) -> tuple[str, ...]:
    """Tell one call among alike by its `id` or `name`, else by its first string, else by all."""
    words = {arg.keyword.value: code(arg.value) for arg in call.args if arg.keyword}
    if found := words.get("id") or words.get("name"):
        return (found,)
    first = call.args[0].value if call.args else None
    return (code(first) if isinstance(first, cst.SimpleString) else code(call),)


def _pair(node: cst.BaseDictElement) -> Key:
    return (code(node.key),) if isinstance(node, cst.DictElement) else ("**", code(node.value))


def _decorator(node: cst.Decorator) -> Key:
    called = node.decorator
    return (code(called.func if isinstance(called, cst.Call) else called),)


def _alias(node: cst.ImportAlias) -> Key:
    return (code(node.name), code(node.asname.name) if node.asname else "")


def _weak_element(node: cst.BaseElement) -> Key:
    """Words are in a list or not: another word is no change of the first."""
    value = node.value
    if isinstance(value, cst.Name | cst.SimpleString):
        return (code(value),)
    if isinstance(value, cst.Call):
        return (code(value.func),)
    first = value.elements[0] if isinstance(value, cst.Tuple) and value.elements else None
    return (type(value).__name__, code(first.value) if first else "")


def _kind(node: cst.CSTNode) -> Key:
    return (type(node).__name__,)


STRONG: tuple[tuple[type[cst.CSTNode], Callable[..., Key | None]], ...] = (
    (cst.Arg, _argument),
    (cst.BaseDictElement, _pair),
    (cst.BaseElement, _element),
    (cst.Decorator, _decorator),
    (cst.Param, lambda node: (node.name.value,)),
    (cst.ImportAlias, _alias),
    (cst.WithItem, lambda node: (code(node.item),)),
    (cst.ExceptHandler, lambda node: (code(node.type) if node.type else "",)),
    (cst.NameItem, lambda node: (node.name.value,)),
    (cst.MatchCase, lambda node: (code(node.pattern),)),
)
"""How the items of brackets and the like are told from their neighbours."""


def item_key(node: cst.CSTNode) -> Key | None:
    """Return the strong key of an item, None where its place alone says what it is."""
    return next((key(node) for kind, key in STRONG if isinstance(node, kind)), None)


def weak_item_key(node: cst.CSTNode) -> Key:
    """Return what kind of item it is."""
    return _weak_element(node) if isinstance(node, cst.BaseElement) else _kind(node)


def is_keyed(node: cst.CSTNode) -> bool:
    """Whether a sequence of such nodes may gain, lose and reorder items by their names."""
    return isinstance(node, tuple(kind for kind, _ in STRONG))
