"""What to try next when a merge didn't pass the gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from generator.merge.python.blocks import Path, Wishes
from generator.merge.python.gate import Problem
from generator.merge.python.keys import statement_keys
from generator.merge.python.names import bound
from generator.merge.sides import Sides

_UNDEFINED = frozenset({"UndefinedName", "UndefinedExport"})


def wished(
    wishes: Wishes, found: Sequence[Problem], modules: Sides[cst.Module], text: str
) -> Wishes:
    """Return what the merge is to heed beside what it did; the same where nothing would help."""
    brought = {name for module in modules for node in module.body for name in bound(node)}
    undefined = {p.name for p in found if p.kind in _UNDEFINED} & brought - wishes.keep
    unused = {_bound(p.name) for p in found if p.kind == "UnusedImport"} - wishes.drop
    if undefined or unused:
        keep, drop = wishes.keep | undefined, wishes.drop | unused
        return replace(wishes, keep=keep, drop=drop - keep)
    return replace(wishes, marked=wishes.marked | set(_paths(text, (p.line for p in found))))


def _bound(name: str) -> str:
    """Return the name that an import binds, from pyflakes' words: `a.b as c`, `a.b`."""
    _, renamed, alias = name.partition(" as ")
    return alias if renamed else name.rpartition(".")[2]


def _paths(text: str, places: Iterable[int]) -> Iterable[Path]:
    """Return the paths of the statements at some lines, class members where they are such."""
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    spans = wrapper.resolve(PositionProvider)
    for line in places:
        if path := _path(wrapper.module.body, line, spans):
            yield path


def _path(body: Sequence[Any], line: int, spans: Any) -> Path:
    for node, key in zip(body, statement_keys(body), strict=True):
        if key and spans[node].start.line <= line <= spans[node].end.line:
            holds = isinstance(node, cst.ClassDef | cst.If)
            inner = _path(node.body.body, line, spans) if holds else ()
            return (key, *inner)
    return ()
