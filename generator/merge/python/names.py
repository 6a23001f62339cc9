"""What a statement binds, and what an import brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import libcst as cst

from generator.merge.python.keys import code


def small_of(statement: cst.CSTNode | None, kind: type[cst.CSTNode]) -> bool:
    """Whether a statement is one of a kind, alone on its line."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    return isinstance(statement.body[0], kind)


def aliases(statement: cst.SimpleStatementLine | None) -> Sequence[cst.ImportAlias] | None:
    """Return the names of a `from` import, empty where there is none; None for its `*`."""
    if statement is None:
        return ()
    imported: Any = statement.body[0]
    return None if isinstance(imported.names, cst.ImportStar) else imported.names


def bound_by(alias: cst.ImportAlias) -> str:
    """Return the name that an import binds: of `import a.b`, `a`."""
    return code(alias.asname.name if alias.asname else alias.name).partition(".")[0]


def bound(statement: cst.CSTNode) -> Iterator[str]:
    """Return the names that a statement binds in its own scope."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        yield statement.name.value
    elif isinstance(statement, cst.SimpleStatementLine):
        for small in statement.body:
            yield from _bound(small)
    elif isinstance(statement, cst.If):
        for inner in statement.body.body:
            yield from bound(inner)


def _bound(small: cst.BaseSmallStatement) -> Iterator[str]:
    if isinstance(small, cst.Assign):
        yield from (code(target.target) for target in small.targets)
    elif isinstance(small, cst.AnnAssign):
        yield code(small.target)
    elif isinstance(small, cst.Import | cst.ImportFrom) and not isinstance(
        small.names, cst.ImportStar
    ):
        yield from map(bound_by, small.names)
