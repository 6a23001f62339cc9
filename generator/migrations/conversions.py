"""What becomes of the values of a column whose type changes."""

from __future__ import annotations

from generator.migrations.metadata import column_type
from generator.spec.model import Engine
from generator.table import Column


def same_type(old: Column, new: Column, engine: Engine) -> bool:
    """Whether an engine keeps both columns as the same type."""
    return repr(column_type(old, engine)) == repr(column_type(new, engine))
