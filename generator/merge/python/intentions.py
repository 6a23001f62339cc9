"""What a side wanted of a piece of code, in a few words."""

from __future__ import annotations

import libcst as cst

from generator.merge.python.keys import code
from generator.merge.python.signatures import Signatures, names_of

PARTS = {
    "params": "the parameters of",
    "returns": "the return type of",
    "decorators": "the decorators of",
    "body": "the body of",
    "bases": "the bases of",
    "leading_lines": "the comment above",
    "names": "the names from",
    "test": "the condition",
}
"""The fields of a node, as a person would call them; a change of another is one of the whole."""


def intentions(
    base: cst.CSTNode | None,
    ours: cst.CSTNode | None,
    theirs: cst.CSTNode | None,
    signatures: Signatures,
) -> tuple[str, str]:
    """Return what you did, and what the spec does, with one statement."""
    first = _words(base, ours, signatures)
    second = _words(base, theirs, signatures)
    return first.past, second.present


class _Deed:
    """A verb and its object; English forms the past of ours and the present of theirs."""

    def __init__(self, verb: str, thing: str) -> None:
        self.past = f"{_PAST[verb]} {thing}" if verb != "use" else f"use {thing}"
        self.present = f"{verb}s {thing}"


_PAST = {"add": "added", "delete": "deleted", "change": "changed", "keep": "kept", "use": "used"}


def _words(base: cst.CSTNode | None, side: cst.CSTNode | None, signatures: Signatures) -> _Deed:
    if base is None:
        return _Deed("add" if side else "delete", name_of(side) if side else "it")
    if side is None:
        return _Deed("delete", name_of(base))
    if signatures.same(base, side):
        return _Deed("keep", name_of(side))
    return _Deed("change", _changed(base, side, signatures))


def _changed(base: cst.CSTNode, side: cst.CSTNode, signatures: Signatures) -> str:
    if type(base) is not type(side):
        return name_of(side)
    parts = [
        name
        for name in names_of(type(base))
        if not signatures.same(getattr(base, name), getattr(side, name))
    ]
    known = [PARTS[name] for name in parts if name in PARTS]
    words = known[0] if len(parts) == len(known) == 1 else ""
    return f"{words} {name_of(side)}" if words and _is_named(side) else name_of(side)


def _is_named(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.FunctionDef | cst.ClassDef | cst.If)


def name_of(node: cst.CSTNode) -> str:
    """Return a statement's name in backticks, or its first words."""
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        return f"`{node.name.value}`"
    if isinstance(node, cst.If):
        return f"`if {_short(code(node.test))}`"
    if isinstance(node, cst.SimpleStatementLine) and node.body:
        return _simple(node.body[0])
    return f"`{_short(_first(node))}`"


def _simple(small: cst.BaseSmallStatement) -> str:
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString):
        return "a docstring"
    if isinstance(small, cst.AnnAssign):
        return f"`{_short(code(small.target))}`"
    if isinstance(small, cst.Assign):
        return f"`{_short(code(small.targets[0].target))}`"
    if isinstance(small, cst.ImportFrom):
        return f"the import from `{code(small.module) if small.module else '.'}`"
    return f"`{_short(code(small))}`"


def _first(node: cst.CSTNode) -> str:
    lines = cst.Module([]).code_for_node(node).strip().splitlines()
    return next((line for line in lines if not line.startswith("#")), "")


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[: limit - 3].rstrip()}..."
