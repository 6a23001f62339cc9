"""The rules over a whole spec, one small function each."""

from __future__ import annotations

from collections.abc import Sequence

from generator.spec.grammar import Grammar
from generator.spec.model import Spec
from generator.spec.report import Report
from generator.spec.unsupported import Unsupported


def check(spec: Spec, grammar: Grammar, report: Report, refuse: Sequence[Unsupported]) -> None:
    """Reports every rule that the spec breaks."""
