"""The spec of a project of the cover."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from cover.factors import Row, factors

WIDE = 4096
"""Characters to which no line of a spec comes: none is broken."""


def page(row: Row) -> str:
    """The text of its `service.yaml`: the pieces of its levels, one over the other."""
    known = factors()
    pieces = [known.pieces[factor][level] for factor, level in row.levels]
    text = StringIO()
    yaml = YAML()
    yaml.width = WIDE
    yaml.representer.ignore_aliases = lambda _: True  # the language has none
    yaml.dump(reduce(laid_over, pieces, known.base), text)
    return text.getvalue()


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both as one: mappings in them are merged, and of other values the upper one stays.

    Raises `TypeError` for keys of what the lower one says is none.
    """
    for key, value in above.items():
        if below.get(key) == "none" and isinstance(value, dict):
            raise TypeError(f"{key} is none, and has no {', '.join(value)}")
    both = {
        key: laid_over(below[key], value) if isinstance(below.get(key), dict) else value
        for key, value in above.items()
    }
    return {**below, **both}
