"""Specs that their engines can hold."""

from __future__ import annotations

from dataclasses import replace

from generator import pipeline
from generator.errors import SpecError
from strategies.written import Written

ROOMY = "sqlite"
"""The engine that has no limits but one: names of its own."""


def fitting(written: Written) -> Written:
    """The same spec, on SQLite where its own engine has no room for a row, a key or a name."""
    try:
        pipeline.read(written.text())
    except SpecError as error:
        codes = {problem.code for problem in error.problems}
        if codes <= {"engine-limit", "reserved-name"}:
            return replace(written, engine=ROOMY)
    return written
