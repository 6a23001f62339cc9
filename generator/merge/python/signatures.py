"""What a piece of code means, whatever its layout: equal signatures, equal syntax and comments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

LAYOUT = (
    cst.BaseParenthesizableWhitespace,
    cst.TrailingWhitespace,
    cst.EmptyLine,
    cst.Newline,
    cst.Comma,
    cst.Semicolon,
    cst.LeftParen,
    cst.RightParen,
    cst.MaybeSentinel,
)
"""Nodes that say nothing but where the others stand; a comment among them does."""

Signature = tuple[object, ...]


class Signatures:
    """Remembers the signature of each node, since a merge asks for it at every level."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[cst.CSTNode, Signature]] = {}

    def of(self, node: object) -> object:
        """Return the signature of a node, a sequence of nodes, or a plain value."""
        if isinstance(node, cst.CSTNode):
            return self._of_node(node)
        if isinstance(node, (list, tuple)):
            return tuple(sig for item in node if (sig := self.of(item)) != ())
        return () if isinstance(node, cst.MaybeSentinel) else node

    def bare(self, node: cst.CSTNode) -> object:
        """Return the signature of a statement without the comments above it."""
        if not getattr(node, "leading_lines", ()):
            return self.of(node)
        return self._made(node, skip="leading_lines")

    def same(self, left: object, right: object) -> bool:
        """Whether two pieces of code differ in layout at most."""
        return self.of(left) == self.of(right)

    def _of_node(self, node: cst.CSTNode) -> Signature:
        found = self._known.get(id(node))
        if found is None:
            found = self._known[id(node)] = (node, self._made(node))
        return found[1]

    def _made(self, node: cst.CSTNode, skip: str = "") -> Signature:
        if isinstance(node, cst.SimpleWhitespace):
            return ()
        if isinstance(node, cst.Comment):
            return (node.value,)
        if isinstance(node, cst.SimpleString):
            return ("SimpleString", _value(node))
        parts = ((name, self.of(getattr(node, name))) for name in names_of(type(node)))
        said = tuple(part for part in parts if part[0] != skip and part[1] not in ((), None))
        return _words(said) if isinstance(node, LAYOUT) else (type(node).__name__, *said)


@cache
def names_of(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """Return the names of the fields that a kind of node has, in their order."""
    return tuple(field.name for field in fields(kind) if field.init)


def _words(said: tuple[tuple[str, object], ...]) -> Signature:
    """Return the comments of layout, flat: which of its parts they stand in says nothing."""
    return tuple(_flat([sig for _, sig in said]))


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith("#"):
            yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _flat(item)


def _value(node: cst.SimpleString) -> object:
    try:
        return repr(ast.literal_eval(node.value))
    except (ValueError, SyntaxError):
        return node.value
