"""The imports of a generated module: collected as names, printed as lines."""

from __future__ import annotations

from collections.abc import Iterable

from generator.fieldtype import Name


def import_lines(names: Iterable[Name]) -> tuple[str, ...]:
    """One `from ... import ...` a module, sorted; builtins need none."""
    by_module: dict[str, set[str]] = {}
    for name in names:
        if name.module:
            by_module.setdefault(name.module, set()).add(name.name)
    return tuple(
        f"from {module} import {', '.join(sorted(members))}"
        for module, members in sorted(by_module.items())
    )
